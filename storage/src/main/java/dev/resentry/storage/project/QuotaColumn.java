package dev.resentry.storage.project;

import dev.resentry.model.project.Quota;
import dev.resentry.model.wire.QuotaJson;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Quotas in a column of type {@code jsonb}. */
@Converter
class QuotaColumn implements AttributeConverter<List<Quota>, String> {

    @Override
    public String convertToDatabaseColumn(@Nullable List<Quota> quotas) {
        return QuotaJson.write(quotas == null ? List.of() : quotas);
    }

    @Override
    public List<Quota> convertToEntityAttribute(@Nullable String json) {
        return json == null ? List.of() : QuotaJson.read(json);
    }
}
