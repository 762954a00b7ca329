package dev.colloquy.domain.error;

/** A message is larger than the configured limit. */
public final class MessageTooLarge extends RuleViolation {

    private static final long serialVersionUID = 1L;

    private final long bytes;
    private final long maxBytes;

    /**
     * @param bytes the size of content and metadata in UTF-8 bytes
     * @param maxBytes the limit in bytes, inclusive
     */
    public MessageTooLarge(long bytes, long maxBytes) {
        super("content and metadata were " + bytes + " bytes of UTF-8; allowed: at most " + maxBytes + " bytes");
        this.bytes = bytes;
        this.maxBytes = maxBytes;
    }

    /** The size of the refused message in bytes. */
    public long bytes() {
        return bytes;
    }

    /** The largest size allowed, in bytes. */
    public long maxBytes() {
        return maxBytes;
    }
}
