package dev.colloquy.bootstrap.settings;

import java.util.Arrays;
import java.util.Optional;

/** An entry of the file that holds for one agent: {@code agents.onboarding.retention}. */
enum AgentEntry {
    RETENTION("retention", Setting.COLLOQUY_RETENTION),
    RETENTION_FROM("retention-from", Setting.COLLOQUY_RETENTION_FROM),
    MAX_MESSAGES("max-messages", Setting.COLLOQUY_MAX_MESSAGES);

    private static final String PREFIX = "agents.";

    private final String suffix;
    private final Setting general;

    AgentEntry(String suffix, Setting general) {
        this.suffix = suffix;
        this.general = general;
    }

    static boolean looksLikeOne(String name) {
        return name.startsWith(PREFIX);
    }

    /** The setting that holds for agents without an entry; the same values are allowed. */
    Setting general() {
        return general;
    }

    /** The entry's name for an agent. */
    String nameFor(String agent) {
        return PREFIX + agent + "." + suffix;
    }

    /** The agent in an entry's name, or empty if the name ends with none of the suffixes. Agents may have dots. */
    static Optional<String> agentIn(String name) {
        return Arrays.stream(values())
                .map(entry -> "." + entry.suffix)
                .filter(ending -> name.endsWith(ending) && name.length() > PREFIX.length() + ending.length())
                .map(ending -> name.substring(PREFIX.length(), name.length() - ending.length()))
                .findFirst();
    }
}
