package dev.resentry.storage.blob;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Where the bytes of blobs are. A blob is put before the transaction that refers to it, in one of its own: a reference never
 * points to nothing. What a transaction that failed leaves without a reference, {@link BlobSweep} removes. Safe to share between
 * threads and processes.
 */
public interface BlobStore {

    /**
     * Keeps blobs. One that is there already is not written again; it is not removed for {@link BlobSweep#UNTOUCHED_FOR}.
     *
     * @param blobs each hash once
     * @throws org.springframework.dao.DataAccessException if they cannot be kept now; putting them again is right
     */
    void put(Collection<Blob> blobs);

    /**
     * The bytes of a blob; empty if there is none.
     *
     * @throws org.springframework.dao.DataAccessException if they cannot be read now
     */
    Optional<byte[]> get(BlobHash hash);

    /**
     * Removes the bytes of blobs whose rows are being removed, as far as they are not a part of these.
     *
     * @throws org.springframework.dao.DataAccessException if that is not possible now
     */
    void removeContents(List<BlobHash> hashes);
}
