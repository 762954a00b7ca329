package dev.colloquy.adapter.redis;

import dev.colloquy.domain.retention.Retention;

/** How the scripts name what a retention counts from. */
final class RetentionCode {

    private RetentionCode() {}

    static String of(Retention retention) {
        return switch (retention.from()) {
            case LAST_MESSAGE -> "m";
            case FIRST_MESSAGE -> "f";
            case LAST_ACCESS -> "a";
        };
    }
}
