package dev.colloquy.domain.conversation;

import dev.colloquy.domain.error.InvalidValue;

/**
 * The name of a user, as the caller's own identity system gives it: {@code auth0|7}, {@code a@b.c}, {@code org:7/ann}.
 *
 * @param value 1 to 256 Unicode characters (code points) but control characters and lone surrogates
 */
public record UserId(String value) {

    private static final int LONGEST = 256;

    /** @throws InvalidValue if the value is not allowed */
    public UserId {
        int length = value.codePointCount(0, value.length());
        if (length < 1 || length > LONGEST || holdsForbidden(value)) {
            throw new InvalidValue("user", value, "1 to 256 Unicode characters, none of them a control character");
        }
    }

    private static boolean holdsForbidden(String value) {
        for (int i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
            if (isForbidden(value.codePointAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isForbidden(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }

    @Override
    public String toString() {
        return value;
    }
}
