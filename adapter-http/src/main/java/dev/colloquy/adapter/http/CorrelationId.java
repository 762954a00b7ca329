package dev.colloquy.adapter.http;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a caller can quote and an operator can look for: it stands in the answer and in the log. */
final class CorrelationId {

    static final String HEADER = "X-Correlation-Id";

    // Nothing that would look like something else in a log.
    private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private CorrelationId() {}

    /** The one the request brings, if it is usable, or else a new one. */
    static String of(Function<String, @Nullable String> headers) {
        String given = headers.apply(HEADER);
        if (given != null && USABLE.matcher(given).matches()) {
            return given;
        }
        // It need not be a secret, and this one costs next to nothing.
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
