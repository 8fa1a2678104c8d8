package dev.resentry.storage.blob;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the bytes of blobs are kept. All but {@code store} counts for a bucket only.
 *
 * @param endpoint of a server that speaks S3's protocol; empty for Amazon's own
 * @param prefix what the names of objects begin with
 * @param accessKey empty: the client looks where Amazon's tools do, such as the role of the machine
 */
@Validated
@ConfigurationProperties("resentry.blob")
public record BlobSettings(
        @NotNull @DefaultValue("postgres") Store store,
        @DefaultValue("") String endpoint,
        @NotBlank @DefaultValue("us-east-1") String region,
        @DefaultValue("") String bucket,
        @DefaultValue("") String prefix,
        @DefaultValue("") String accessKey,
        @DefaultValue("") String secretKey) {

    /** What keeps them. */
    public enum Store {
        POSTGRES,
        S3
    }

    @AssertTrue(message = "bucket: empty (expected: a name, as the store is s3)")
    public boolean isBucketNamed() {
        return store != Store.S3 || !bucket.isBlank();
    }

    @Override
    public String toString() {
        return "BlobSettings[store=%s, endpoint=%s, bucket=%s, prefix=%s]".formatted(store, endpoint, bucket, prefix);
    }
}
