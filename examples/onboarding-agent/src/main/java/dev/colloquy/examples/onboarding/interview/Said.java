package dev.colloquy.examples.onboarding.interview;

import java.util.Objects;

/**
 * One thing said in the conversation.
 *
 * @param speaker who said it
 * @param text what was said
 */
public record Said(Speaker speaker, String text) {

    /** The two who talk. */
    public enum Speaker {
        /** The one who asks. */
        AGENT,
        /** The one who answers. */
        USER
    }

    public Said {
        Objects.requireNonNull(speaker, "speaker");
        Objects.requireNonNull(text, "text");
    }

    /** The agent said this. */
    public static Said byAgent(String text) {
        return new Said(Speaker.AGENT, text);
    }

    /** The user said this. */
    public static Said byUser(String text) {
        return new Said(Speaker.USER, text);
    }
}
