package dev.colloquy.domain.error;

import java.util.Objects;

/** A value that cannot be: it names the field, what was given and what is allowed. */
public final class InvalidValue extends RuleViolation {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_QUOTE = 80;

    private final String field;
    private final String allowed;

    /**
     * @param field the name of the field at fault, as the caller knows it, such as {@code role}
     * @param given what was given, quoted in the message up to its first 80 characters; for message content pass a
     *     description such as "300000 bytes", never the content
     * @param allowed what would have been accepted, as the end of a sentence
     */
    public InvalidValue(String field, String given, String allowed) {
        super(field + " was " + quote(given) + "; allowed: " + allowed);
        this.field = Objects.requireNonNull(field);
        this.allowed = Objects.requireNonNull(allowed);
    }

    /** The name of the field at fault. */
    public String field() {
        return field;
    }

    /** What would have been accepted. */
    public String allowed() {
        return allowed;
    }

    private static String quote(String given) {
        StringBuilder quoted = new StringBuilder("\"");
        given.codePoints().limit(LONGEST_QUOTE).forEach(codePoint -> {
            if (Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE) {
                quoted.append("\\u").append(hex(codePoint));
            } else {
                quoted.appendCodePoint(codePoint);
            }
        });
        boolean cut = given.codePointCount(0, given.length()) > LONGEST_QUOTE;
        return quoted.append(cut ? "…\"" : "\"").toString();
    }

    private static String hex(int codePoint) {
        String digits = Integer.toHexString(codePoint);
        return "0".repeat(4 - digits.length()) + digits;
    }
}
