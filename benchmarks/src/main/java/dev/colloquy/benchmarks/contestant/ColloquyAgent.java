package dev.colloquy.benchmarks.contestant;

import dev.colloquy.adapter.redis.RedisConversationStore;
import dev.colloquy.adapter.redis.RedisSettings;
import dev.colloquy.application.outbox.OutboxConversationStore;
import dev.colloquy.application.outbox.OutboxJournal;
import dev.colloquy.application.outbox.OutboxSettings;
import dev.colloquy.bootstrap.Agent;
import dev.colloquy.bootstrap.Colloquy;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.port.in.NewMessage;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.domain.port.out.StoreHealth;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Ours, embedded: the facade, the use cases, the outbox and the store, everything as the service has it. */
public final class ColloquyAgent implements Contestant {

    /** The name of the one on Redis. */
    public static final String ON_REDIS = "Colloquy";

    /** The name of the one in memory. */
    public static final String IN_MEMORY = "Colloquy, in memory";

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(30);
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final String name;
    private final boolean inRedis;
    private final Runnable ending;
    private Colloquy colloquy;
    private Agent agent;

    private ColloquyAgent(String name, boolean inRedis, Colloquy colloquy, Runnable ending) {
        this.name = name;
        this.inRedis = inRedis;
        this.ending = ending;
        this.colloquy = colloquy;
        agent = colloquy.agent("bench");
    }

    /** On the Redis at that port of this machine. */
    public static ColloquyAgent on(int port) {
        RedisConversationStore redis = RedisConversationStore.connect(RedisSettings.of("redis://127.0.0.1:" + port));
        awaitConnection(redis);
        OutboxConversationStore outbox = OutboxConversationStore.over(
                redis, OutboxJournal.none(), OutboxSettings.DEFAULT, InstantSource.system());
        return new ColloquyAgent(
                ON_REDIS, true, Colloquy.builder().store(outbox).build(), () -> {
                    outbox.close(DRAIN);
                    redis.close();
                });
    }

    /** On the in-memory store. */
    public static ColloquyAgent inMemory() {
        return new ColloquyAgent(IN_MEMORY, false, memory(), () -> {});
    }

    /** It connects at its first use; what is said before would wait in the outbox instead of in the measurement. */
    private static void awaitConnection(ConversationStore store) {
        long deadline = System.nanoTime() + LONGEST_CONNECT.toNanos();
        while (store.checkHealth().status() != StoreHealth.Status.LIVE) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(store.checkHealth().detail());
            }
        }
    }

    private static Colloquy memory() {
        return Colloquy.fromEnvironment(Map.of("COLLOQUY_STORE", "memory"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void append(String user, Said said) {
        require(agent.saveMessage(user, role(said), said.content()));
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
                    user,
                    messages.subList(from, to).stream()
                            .map(ColloquyAgent::message)
                            .toList()));
        }
    }

    @Override
    public boolean keepsItInRedis() {
        return inRedis;
    }

    @Override
    public void forget() {
        if (!inRedis) {
            colloquy.close();
            colloquy = memory();
            agent = colloquy.agent("bench");
        }
    }

    @Override
    public void close() {
        colloquy.close();
        ending.run();
    }

    /** A message in the outbox is not stored: counting it would be cheating. */
    private static void require(Receipt receipt) {
        if (!(receipt instanceof Receipt.Stored)) {
            throw new IllegalStateException("accepted, but not stored");
        }
    }

    private static NewMessage message(Said said) {
        return NewMessage.of(role(said), said.content());
    }

    private static Role role(Said said) {
        return said.byUser() ? Role.USER : Role.AGENT;
    }
}
