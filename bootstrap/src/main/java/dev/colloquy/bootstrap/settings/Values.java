package dev.colloquy.bootstrap.settings;

import dev.colloquy.domain.retention.Retention;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the text of a setting into a value. Each method throws {@link IllegalArgumentException} if it cannot. */
final class Values {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,15})([kmg]?)");
    private static final Pattern PERCENTAGE = Pattern.compile("([0-9]{1,2})%");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%-]{1,253}");

    private static final Map<String, Retention.From> RETENTION_FROM = Map.of(
            "last-message", Retention.From.LAST_MESSAGE,
            "first-message", Retention.From.FIRST_MESSAGE,
            "last-access", Retention.From.LAST_ACCESS);

    private static final Map<String, StoreChoice> STORE =
            Map.of("auto", StoreChoice.AUTO, "memory", StoreChoice.MEMORY, "redis", StoreChoice.REDIS);

    private Values() {}

    static String text(String text) {
        require(!text.isBlank());
        return text;
    }

    /** A file that can be read. */
    static Path readable(String text) {
        Path file = Path.of(text);
        require(Files.isReadable(file));
        return file;
    }

    /** A directory that can be written in, or that is not there yet and can be made. */
    static Path directory(String text) {
        Path directory = Path.of(text);
        Path existing = directory.toAbsolutePath();
        while (Files.notExists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        require(Files.isDirectory(existing) && Files.isWritable(existing));
        return directory;
    }

    static String host(String text) {
        require(HOST.matcher(text).matches());
        return text;
    }

    static int port(String text) {
        return wholeNumber(text, 0, 65_535);
    }

    static int wholeNumber(String text, int least, int most) {
        require(NUMBER.matcher(text).matches());
        int number = Integer.parseInt(text);
        require(number >= least && number <= most);
        return number;
    }

    static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        require(matcher.matches());
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    static Duration duration(String text, Duration least, Duration most) {
        Duration duration = duration(text);
        require(duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0);
        return duration;
    }

    /** A number of bytes; k, m and g are powers of 1024. */
    static long bytes(String text, long least, long most) {
        Matcher matcher = SIZE.matcher(text);
        require(matcher.matches());
        int power = "kmg".indexOf(matcher.group(2)) + 1;
        long unit = matcher.group(2).isEmpty() ? 1 : 1L << (10 * power);
        long bytes = Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
        require(bytes >= least && bytes <= most);
        return bytes;
    }

    /** A number of bytes, or a share of the Java heap, of which something must be left. */
    static long bytesOrShareOf(long heap, String text) {
        long most = heap / 100 * 90;
        Matcher percentage = PERCENTAGE.matcher(text);
        if (!percentage.matches()) {
            return bytes(text, 1 << 20, most);
        }
        long bytes = heap / 100 * Integer.parseInt(percentage.group(1));
        require(bytes > 0 && bytes <= most);
        return bytes;
    }

    static Retention.From retentionFrom(String text) {
        return oneOf(RETENTION_FROM, text);
    }

    static boolean yesOrNo(String text) {
        require(text.equals("true") || text.equals("false"));
        return text.equals("true");
    }

    static String logFormat(String text) {
        require(text.equals("auto") || text.equals("text") || text.equals("json"));
        return text;
    }

    static String logLevel(String text) {
        require(text.equals("error") || text.equals("warn") || text.equals("info") || text.equals("debug"));
        return text;
    }

    static StoreChoice store(String text) {
        return oneOf(STORE, text);
    }

    private static <T> T oneOf(Map<String, T> known, String text) {
        T value = known.get(text);
        if (value == null) {
            throw new IllegalArgumentException();
        }
        return value;
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException();
        }
    }
}
