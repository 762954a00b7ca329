package dev.colloquy.adapter.http.access;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A recognised caller and what it may do. Immutable.
 *
 * @param name how limits and logs name it; never the token
 * @param agents the agents it may use; {@link #EVERY_AGENT} among them stands for all
 * @param scopes what it may do
 * @param user the only user whose conversations it may touch, or null for every user
 */
public record Caller(
        String name,
        Set<String> agents,
        Set<Scope> scopes,
        @Nullable String user) {

    /** Stands for all agents. */
    public static final String EVERY_AGENT = "*";

    /** What a caller may do. */
    public enum Scope {
        /** Read and list conversations. */
        READ,
        /** Save messages and clear conversations. */
        WRITE
    }

    public Caller {
        Objects.requireNonNull(name, "name");
        agents = Set.copyOf(agents);
        scopes = Set.copyOf(scopes);
    }

    /** Whether it may do this with a conversation of these two. */
    public boolean may(Scope scope, String agent, String ofUser) {
        return may(scope, agent) && (user == null || user.equals(ofUser));
    }

    /** Whether it may do this with all conversations of an agent. */
    public boolean mayAll(Scope scope, String agent) {
        return may(scope, agent) && user == null;
    }

    private boolean may(Scope scope, String agent) {
        return scopes.contains(scope) && (agents.contains(EVERY_AGENT) || agents.contains(agent));
    }
}
