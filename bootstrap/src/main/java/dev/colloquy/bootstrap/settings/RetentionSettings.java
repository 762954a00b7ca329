package dev.colloquy.bootstrap.settings;

import dev.colloquy.application.conversation.RetentionPolicy;
import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.error.InvalidValue;
import dev.colloquy.domain.retention.Retention;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How long conversations are kept. Immutable.
 *
 * @param general for agents that have no retention of their own
 * @param agents the retentions of particular agents
 */
public record RetentionSettings(Retention general, Map<AgentId, Retention> agents) implements RetentionPolicy {

    public RetentionSettings {
        agents = Map.copyOf(agents);
    }

    @Override
    public Retention retentionFor(AgentId agent) {
        return agents.getOrDefault(agent, general);
    }

    static RetentionSettings from(SettingsReader reader) {
        Duration period = reader.read(Setting.COLLOQUY_RETENTION, RetentionSettings::period);
        Retention.From from = reader.read(Setting.COLLOQUY_RETENTION_FROM, Values::retentionFrom);
        Optional<Integer> limit = reader.readOptional(Setting.COLLOQUY_MAX_MESSAGES, RetentionSettings::limit);
        Retention general = new Retention(from, period, limit.orElse(null));
        Map<AgentId, Retention> agents = new HashMap<>();
        for (String name : reader.file().keySet()) {
            if (AgentEntry.looksLikeOne(name)) {
                agentIn(name, reader)
                        .ifPresent(agent -> agents.computeIfAbsent(agent, a -> forAgent(a, general, reader)));
            }
        }
        return new RetentionSettings(general, agents);
    }

    private static Optional<AgentId> agentIn(String name, SettingsReader reader) {
        Optional<String> agent = AgentEntry.agentIn(name);
        if (agent.isEmpty()) {
            reader.mistake(
                    name,
                    "in the file is unknown; allowed: agents.<agent>.retention, agents.<agent>.retention-from,"
                            + " agents.<agent>.max-messages");
            return Optional.empty();
        }
        try {
            return agent.map(AgentId::new);
        } catch (InvalidValue e) {
            reader.mistake(name, "in the file names no possible agent; allowed: " + e.allowed());
            return Optional.empty();
        }
    }

    private static Retention forAgent(AgentId agent, Retention general, SettingsReader reader) {
        String id = agent.value();
        return new Retention(
                entry(AgentEntry.RETENTION_FROM, id, reader, Values::retentionFrom)
                        .orElse(general.from()),
                entry(AgentEntry.RETENTION, id, reader, RetentionSettings::period)
                        .orElse(general.period()),
                entry(AgentEntry.MAX_MESSAGES, id, reader, RetentionSettings::limit)
                        .orElse(general.limit()));
    }

    private static <T> Optional<T> entry(
            AgentEntry entry, String agent, SettingsReader reader, Function<String, T> parser) {
        return reader.readAgentEntry(entry.nameFor(agent), entry.general(), parser);
    }

    private static Duration period(String text) {
        return Values.duration(text, Retention.SHORTEST, Retention.LONGEST);
    }

    private static Integer limit(String text) {
        return Values.wholeNumber(text, 1, Integer.MAX_VALUE);
    }
}
