package dev.resentry.query.alert;

import dev.resentry.model.alert.AlertRule;
import dev.resentry.model.alert.AlertRuleJson;
import dev.resentry.model.alert.MalformedAlertRuleException;
import dev.resentry.query.error.ApiException;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * When to tell somebody.
 *
 * @param environment the only one that counts; absent for all, empty for events without one
 * @param conditionMatch how many of the conditions have to be true: any if it is absent
 * @param filterMatch how many of the filters have to let it through: all if it is absent
 * @param intervalMinutes for which a rule that fired for an issue is silent for it; 30 if it is absent
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "AlertRuleDefinition")
record AlertRuleBody(
        @NotBlank @Size(max = AlertRule.MAX_NAME) String name,
        @Nullable @Size(max = 64) String environment,
        @Nullable @Pattern(regexp = "all|any|none") String conditionMatch,

        @NotNull @Size(min = 1, max = AlertRule.MAX_CONDITIONS)
        List<@NotNull @Valid AlertConditionBody> conditions,

        @Nullable @Pattern(regexp = "all|any|none") String filterMatch,
        @Nullable @Size(max = AlertRule.MAX_FILTERS) List<@NotNull @Valid AlertFilterBody> filters,
        @Nullable Long intervalMinutes) {

    private static final JsonMapper JSON = JsonMapper.shared();

    static AlertRuleBody of(AlertRule rule) {
        return JSON.treeToValue(AlertRuleJson.write(rule), AlertRuleBody.class);
    }

    /**
     * The rule that is meant.
     *
     * @throws ApiException if a field is missing or wrong; it names the field below {@code rule}
     */
    AlertRule rule() {
        ObjectNode json = JSON.valueToTree(this);
        for (JsonNode condition : json.path("conditions")) {
            JsonNode percent = condition.path("percent");
            // Whole numbers stay what they are: there are conditions that take no others.
            if (condition instanceof ObjectNode fields
                    && percent.isNumber()
                    && percent.doubleValue() == Math.rint(percent.doubleValue())) {
                fields.put("percent", (long) percent.doubleValue());
            }
        }
        try {
            return AlertRuleJson.read(json);
        } catch (MalformedAlertRuleException e) {
            throw ApiException.invalid("rule." + e.field(), String.valueOf(e.getMessage()));
        }
    }
}
