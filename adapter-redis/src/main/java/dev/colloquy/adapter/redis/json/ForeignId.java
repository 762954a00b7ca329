package dev.colloquy.adapter.redis.json;

import dev.colloquy.domain.conversation.MessageId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids for messages that others wrote without one. {@code common.lua} derives the same ones inside the server. */
final class ForeignId {

    private static final int DIGITS = 16;

    private ForeignId() {}

    static MessageId of(byte[] element, long sequence) {
        try {
            byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(element);
            String digits = HexFormat.of().formatHex(sha1).substring(0, DIGITS);
            return new MessageId("foreign-" + sequence + "-" + digits);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-1", impossible);
        }
    }
}
