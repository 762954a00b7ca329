package dev.colloquy.adapter.http.access;

import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.error.InvalidValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A line of the token file: {@code name sha256 agents scopes}, separated by white space.
 *
 * @param hash the SHA-256 of the token in lower-case hexadecimal digits
 * @param caller whom the token stands for
 */
record TokenLine(String hash, Caller caller) {

    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");
    private static final String FORM =
            "4 words: name, SHA-256 in 64 hex digits, agents such as onboarding,support or *, and read,write or one of them";

    /**
     * Reads a line.
     *
     * @param place where it stands, for errors
     * @throws InvalidValue if it is not of that form; the line itself is not quoted
     */
    static TokenLine parse(String line, String place) {
        String[] parts = line.strip().split("\\s+", -1);
        if (parts.length != 4) {
            throw invalid(place, parts.length == 1 ? "1 word" : parts.length + " words");
        }
        return new TokenLine(
                hash(parts[1], place),
                new Caller(parts[0], agents(parts[2], place + ": agents"), scopes(parts[3], place + ": scopes"), null));
    }

    String text() {
        String scopes = caller.scopes().stream()
                .map(scope -> scope.name().toLowerCase(Locale.ROOT))
                .sorted()
                .collect(Collectors.joining(","));
        String agents = caller.agents().stream().sorted().collect(Collectors.joining(","));
        return String.join(" ", caller.name(), hash, agents, scopes);
    }

    static Set<String> agents(String list, String field) {
        Set<String> agents = Arrays.stream(list.split(",", -1)).collect(Collectors.toUnmodifiableSet());
        for (String agent : agents) {
            if (!agent.equals(Caller.EVERY_AGENT)) {
                try {
                    new AgentId(agent);
                } catch (InvalidValue e) {
                    throw new InvalidValue(field, agent, e.allowed() + "; or *");
                }
            }
        }
        return agents;
    }

    static Set<Caller.Scope> scopes(String list, String field) {
        return Arrays.stream(list.split(",", -1))
                .map(scope -> switch (scope) {
                    case "read" -> Caller.Scope.READ;
                    case "write" -> Caller.Scope.WRITE;
                    default -> throw new InvalidValue(field, scope, "read, write");
                })
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String hash(String hex, String place) {
        if (!HASH.matcher(hex).matches()) {
            throw invalid(place, "a hash of " + hex.length() + " characters");
        }
        return hex.toLowerCase(Locale.ROOT);
    }

    private static InvalidValue invalid(String place, String given) {
        return new InvalidValue(place, given, FORM);
    }
}
