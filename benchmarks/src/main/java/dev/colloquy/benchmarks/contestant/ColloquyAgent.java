package dev.colloquy.benchmarks.contestant;

import dev.colloquy.bootstrap.Agent;
import dev.colloquy.bootstrap.Colloquy;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.port.in.NewMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** Ours, embedded as the README shows it: with the service's settings, outbox and telemetry. */
public final class ColloquyAgent implements Contestant {

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(30);

    private final Map<String, String> environment;
    private final boolean ownIds;
    private Colloquy colloquy;
    private Agent agent;

    private ColloquyAgent(Map<String, String> environment, boolean ownIds) {
        this.environment = environment;
        this.ownIds = ownIds;
        colloquy = Colloquy.fromEnvironment(environment);
        agent = colloquy.agent("bench");
    }

    /** On the Redis at that port of this machine. */
    public static ColloquyAgent on(int port) {
        return connected(port, false);
    }

    /** On the Redis at that port of this machine, with an id of the caller's own for each message. */
    public static ColloquyAgent withIds(int port) {
        return connected(port, true);
    }

    /** On the in-memory store. */
    public static ColloquyAgent inMemory() {
        return new ColloquyAgent(Map.of("COLLOQUY_STORE", "memory"), false);
    }

    private static ColloquyAgent connected(int port, boolean ownIds) {
        ColloquyAgent ours = new ColloquyAgent(Map.of("REDIS_URL", "redis://127.0.0.1:" + port), ownIds);
        ours.awaitConnection();
        return ours;
    }

    /** It connects at its first use; what is said before would wait in the outbox instead of in the measurement. */
    private void awaitConnection() {
        long deadline = System.nanoTime() + LONGEST_CONNECT.toNanos();
        while (!(agent.saveMessage("first-user", Role.USER, "Is anybody there?") instanceof Receipt.Stored)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Redis does not answer");
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    @Override
    public void append(String user, Said said) {
        require(
                ownIds
                        ? agent.saveMessages(user, List.of(message(said)))
                        : agent.saveMessage(user, role(said), said.content()));
    }

    @Override
    public void appendTurn(String user, Said question, Said answer) {
        require(agent.saveMessages(user, List.of(message(question), message(answer))));
    }

    @Override
    public int readLast(String user, int count) {
        ConversationView view = agent.getConversation(user, MessageRange.last(count));
        if (view.state() != ConversationView.State.LIVE) {
            throw new IllegalStateException("from memory, not from the store");
        }
        return view.messages().size();
    }

    @Override
    public void seed(String user, List<Said> messages) {
        for (int from = 0; from < messages.size(); from += Append.MOST_MESSAGES) {
            int to = Math.min(messages.size(), from + Append.MOST_MESSAGES);
            require(agent.saveMessages(
                    user, messages.subList(from, to).stream().map(this::message).toList()));
        }
    }

    @Override
    public boolean keepsItInRedis() {
        return environment.containsKey("REDIS_URL");
    }

    @Override
    public void forget() {
        if (!keepsItInRedis()) {
            colloquy.close();
            colloquy = Colloquy.fromEnvironment(environment);
            agent = colloquy.agent("bench");
        }
    }

    @Override
    public void close() {
        colloquy.close();
    }

    /** A message in the outbox is not stored: counting it would be cheating. */
    private static void require(Receipt receipt) {
        if (!(receipt instanceof Receipt.Stored)) {
            throw new IllegalStateException("accepted, but not stored");
        }
    }

    private NewMessage message(Said said) {
        return ownIds
                ? new NewMessage(new MessageId(UUID.randomUUID().toString()), role(said), said.content(), Map.of())
                : NewMessage.of(role(said), said.content());
    }

    private static Role role(Said said) {
        return said.byUser() ? Role.USER : Role.AGENT;
    }
}
