package dev.colloquy.adapter.redis;

import static dev.colloquy.adapter.redis.Conversations.ids;
import static dev.colloquy.adapter.redis.Conversations.save;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.adapter.redis.testing.RedisCluster;
import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.retention.Retention;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("While a slot moves to a master that does not know the scripts, and nothing has to be repeated, one can")
class MovingSlotTest {

    private static final ConversationId ALEX = ConversationId.of("onboarding", "alex");
    private static final String KEY = ConversationKey.of(ALEX);
    private static final Retention READ_BY_SCRIPT = Retention.sinceLastAccess(Duration.ofDays(1));

    private final RedisCluster cluster = RedisCluster.start();
    private final RedisServer from = cluster.masterOf(KEY);
    private final RedisServer to = cluster.masterOtherThan(from);
    private final String slot = Integer.toString(ClusterSlot.of(KEY));
    private final ConcurrentLinkedQueue<RedisListener.Event> events = new ConcurrentLinkedQueue<>();
    private final RedisConversationStore store =
            RedisConversationStore.connect(RedisHarness.patient(RedisSettings.of(cluster.url())), events::add);

    @BeforeEach
    void moveTheConversation() {
        save(store, ALEX, "a");
        assertThat(ids(store, ALEX)).containsExactly("a");
        events.clear();
        RedisCluster.beginMove(slot, from, to);
        from.call("MIGRATE", to.host(), Integer.toString(to.port()), KEY, "0", "5000");
    }

    @AfterEach
    void close() {
        store.close();
        cluster.close();
    }

    private void finishTheMove() {
        RedisCluster.finishMove(slot, from, to);
    }

    private void forgetScripts() {
        to.call("SCRIPT", "FLUSH");
    }

    @Test
    @DisplayName("append")
    void append() {
        forgetScripts();
        assertThat(save(store, ALEX, "b").lastSequence()).isEqualTo(2);

        finishTheMove();
        forgetScripts();
        assertThat(save(store, ALEX, "c").lastSequence()).isEqualTo(3);
        assertThat(events).isEmpty();
        assertThat(to.call("LLEN", KEY)).isEqualTo(3L);
    }

    @Test
    @DisplayName("read, with what is new, with plain commands and with the script")
    void read() {
        forgetScripts();
        assertThat(ids(store, ALEX)).containsExactly("a");

        forgetScripts();
        assertThat(ids(store.read(ALEX, MessageRange.all(), READ_BY_SCRIPT))).containsExactly("a");

        finishTheMove();
        forgetScripts();
        assertThat(ids(store, ALEX)).containsExactly("a");
        assertThat(events).isEmpty();
    }

    @Test
    @DisplayName("clear, and begin anew")
    void clear() {
        forgetScripts();
        store.clear(ALEX);
        assertThat(ids(store, ALEX)).isEmpty();

        forgetScripts();
        assertThat(save(store, ALEX, "b").lastSequence()).isEqualTo(1);
        finishTheMove();
        forgetScripts();
        store.clear(ALEX);
        assertThat(events).isEmpty();
    }
}
