package dev.colloquy.adapter.redis;

/**
 * A digest of 18 bits, in three digits, of a message's id: the trail in the last element of a list has one for each of
 * the latest messages. Digests that differ show that ids differ. {@code common.lua} has the same function.
 */
final class ShortDigest {

    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final int FACTOR = 131;
    /** The largest prime below 2^18. */
    private static final int MODULUS = 262_139;

    private ShortDigest() {}

    /** The digest of an id, which is ASCII. */
    static String of(String id) {
        int hash = 0;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash * FACTOR + id.charAt(i)) % MODULUS;
        }
        char[] digits = {DIGITS.charAt(hash >>> 12), DIGITS.charAt(hash >>> 6 & 63), DIGITS.charAt(hash & 63)};
        return String.valueOf(digits);
    }
}
