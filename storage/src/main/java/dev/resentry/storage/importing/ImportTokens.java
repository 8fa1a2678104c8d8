package dev.resentry.storage.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.storage.secret.SecretStore;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps the tokens of imports while these run, sealed (AES-256-GCM, bound to the job) by a key that the installation made for itself.
 * Both lie in one database: this keeps a token out of exports of tables and out of sight, not from who has the whole database.
 */
public final class ImportTokens {
    private static final String KEY = "import-tokens";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final JdbcClient jdbc;
    private final SecretStore secrets;
    private final SecureRandom random = new SecureRandom();

    public ImportTokens(JdbcClient jdbc, SecretStore secrets) {
        this.jdbc = jdbc;
        this.secrets = secrets;
    }

    /** Keeps the token of a job; joins the caller's transaction. */
    public void put(long jobId, String token) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, jobId, nonce, token.getBytes(UTF_8));
        byte[] row = ByteBuffer.allocate(nonce.length + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
        jdbc.sql("INSERT INTO import_tokens (job_id, sealed) VALUES (:job, :sealed)")
                .param("job", jobId)
                .param("sealed", row)
                .update();
    }

    /** The token of a job that has not ended. */
    public Optional<String> find(long jobId) {
        return jdbc.sql("SELECT sealed FROM import_tokens WHERE job_id = :job")
                .param("job", jobId)
                .query(byte[].class)
                .optional()
                .map(row -> {
                    byte[] nonce = new byte[NONCE_BYTES];
                    byte[] sealed = new byte[row.length - NONCE_BYTES];
                    ByteBuffer.wrap(row).get(nonce).get(sealed);
                    return new String(cipher(Cipher.DECRYPT_MODE, jobId, nonce, sealed), UTF_8);
                });
    }

    /** Forgets the token of a job. */
    public void remove(long jobId) {
        jdbc.sql("DELETE FROM import_tokens WHERE job_id = :job")
                .param("job", jobId)
                .update();
    }

    private byte[] cipher(int mode, long jobId, byte[] nonce, byte[] content) {
        byte[] key = Base64.getDecoder().decode(secrets.findOrMake(KEY, this::newKey));
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(ByteBuffer.allocate(Long.BYTES).putLong(jobId).array());
            return cipher.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the token of import %d can not be sealed or opened".formatted(jobId), e);
        }
    }

    private String newKey() {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}
