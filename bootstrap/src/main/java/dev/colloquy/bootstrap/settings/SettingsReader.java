package dev.colloquy.bootstrap.settings;

import dev.colloquy.domain.error.InvalidSettings;
import dev.colloquy.domain.error.InvalidValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Looks settings up, environment first and file second, and gathers what is wrong with them. */
final class SettingsReader {

    /** What a terminal would take for a command. */
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final Map<String, String> environment;
    private final Map<String, String> file;
    private final List<String> mistakes = new ArrayList<>();

    SettingsReader(Map<String, String> environment) {
        this.environment = environment;
        this.file = SettingsFile.read(environment.getOrDefault(Setting.COLLOQUY_CONFIG.name(), ""), mistakes);
        UnknownNames.find(environment, file, mistakes);
    }

    /** The value of a setting that always has one. After a mistake it is the fallback, so that reading can go on. */
    <T> T read(Setting setting, Function<String, T> parser) {
        return readOptional(setting, parser).orElseGet(() -> parser.apply(setting.fallback()));
    }

    /** The value of a setting, or empty if it is not set. */
    <T> Optional<T> readOptional(Setting setting, Function<String, T> parser) {
        // Set to nothing is not set: what an unset variable becomes when it is handed on by a compose file.
        Source source = environment.getOrDefault(setting.name(), "").isEmpty() ? Source.FILE : Source.ENVIRONMENT;
        return parse(setting.name(), text(setting), source, setting, parser);
    }

    /** Whether a setting has a value, right or wrong. */
    boolean isSet(Setting setting) {
        return !text(setting).isEmpty();
    }

    /** The environment with the file's settings behind it. */
    Map<String, String> all() {
        Map<String, String> all = new HashMap<>(file);
        environment.forEach((name, value) -> {
            if (!value.isEmpty()) {
                all.put(name, value);
            }
        });
        return all;
    }

    private String text(Setting setting) {
        String set = environment.getOrDefault(setting.name(), "");
        return set.isEmpty() ? file.getOrDefault(setting.name(), "") : set;
    }

    /** The value of an agent's entry in the file, or empty if it is not set. */
    <T> Optional<T> readAgentEntry(String name, Setting general, Function<String, T> parser) {
        return parse(name, file.getOrDefault(name, ""), Source.FILE, general, parser);
    }

    /** The entries of the file. */
    Map<String, String> file() {
        return file;
    }

    void mistake(String name, String problem) {
        mistakes.add(name + " " + problem);
    }

    /** What somebody else found wrong with a value. */
    void mistake(InvalidValue unusable) {
        mistakes.add(String.valueOf(unusable.getMessage()));
    }

    /** What is opened to see whether a setting is right; empty after a mistake. */
    <T> Optional<T> open(Supplier<T> opening) {
        try {
            return Optional.of(opening.get());
        } catch (InvalidValue unusable) {
            mistake(unusable);
            return Optional.empty();
        }
    }

    /** @throws InvalidSettings if there was any mistake */
    void requireNoMistakes() {
        if (!mistakes.isEmpty()) {
            throw new InvalidSettings(mistakes);
        }
    }

    private <T> Optional<T> parse(
            String name, String value, Source source, Setting setting, Function<String, T> parser) {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(value));
        } catch (IllegalArgumentException | ArithmeticException | InvalidValue unusable) {
            String shown = setting.isSecret()
                    ? Secret.HIDDEN
                    : "\"" + CONTROL.matcher(value).replaceAll("?") + "\"";
            mistake(name, "is " + shown + " in the " + source + "; allowed: " + setting.allowed());
            return Optional.empty();
        }
    }

    private enum Source {
        ENVIRONMENT("environment"),
        FILE("file");

        private final String name;

        Source(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
