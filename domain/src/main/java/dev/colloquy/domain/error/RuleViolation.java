package dev.colloquy.domain.error;

/** The caller asked for something that the rules do not allow. Repeating the same call gives the same error. */
public abstract sealed class RuleViolation extends ColloquyException
        permits InvalidValue, MessageTooLarge, MessageIdConflict, InvalidSettings {

    private static final long serialVersionUID = 1L;

    RuleViolation(String message) {
        super(message, null);
    }
}
