package dev.colloquy.bootstrap;

import dev.colloquy.bootstrap.settings.OwnAddress;
import dev.colloquy.bootstrap.settings.RetentionSettings;
import dev.colloquy.bootstrap.settings.Settings;
import dev.colloquy.domain.retention.Retention;
import java.time.Duration;

/** The one line that says what was started. */
final class StartLine {

    private StartLine() {}

    /**
     * Such as "Colloquy answers on http://127.0.0.1:8080; store: memory, at most 1024 MiB; retention: 7d since the last
     * message".
     */
    static String of(Settings settings, int port, String store) {
        String host = OwnAddress.inUrl(settings.host());
        String scheme = settings.http().certificate().isPresent() ? "https" : "http";
        return "Colloquy answers on " + scheme + "://" + host + ":" + port + "; store: " + store + "; retention: "
                + describe(settings.retention());
    }

    private static String describe(RetentionSettings retention) {
        int own = retention.agents().size();
        String others = own == 0 ? "" : ", " + own + (own == 1 ? " agent" : " agents") + " with another";
        return describe(retention.general()) + others;
    }

    private static String describe(Retention retention) {
        String from = switch (retention.from()) {
            case LAST_MESSAGE -> " since the last message";
            case FIRST_MESSAGE -> " since the first message";
            case LAST_ACCESS -> " since the last access";
        };
        String limit = retention.maxMessages().isEmpty()
                ? ""
                : ", at most " + retention.maxMessages().getAsInt() + " messages";
        return describe(retention.period()) + from + limit;
    }

    /** As it is written in a setting: the largest unit that gives a whole number. */
    private static String describe(Duration period) {
        if (period.toMillisPart() != 0) {
            return period.toMillis() + "ms";
        }
        long seconds = period.toSeconds();
        if (seconds % 86_400 == 0) {
            return period.toDays() + "d";
        }
        if (seconds % 3_600 == 0) {
            return period.toHours() + "h";
        }
        return seconds % 60 == 0 ? period.toMinutes() + "m" : seconds + "s";
    }
}
