package dev.colloquy.store.tck;

import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.port.out.ConversationStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the kit needs to drive a store: the store itself, its clock, and the ways to make it fail. For a store that lives
 * in this process there is {@link InProcessHarness}.
 *
 * <p>One harness serves all tests of a class; each test uses agents of its own, whose names begin with {@code tck}, so a
 * server may be shared. The data need not be empty at the start and is not cleaned up.
 */
public interface StoreHarness extends AutoCloseable {

    /** The store under test, the same one at every call. */
    ConversationStore store();

    /**
     * A second store over the same data, as another process would open it; the same one at every call. Without one the
     * concurrent tests run on {@link #store()} alone, which is right for a store that lives in one process only.
     */
    default ConversationStore anotherClient() {
        return store();
    }

    /** The time now, on the clock by which the store tells when a conversation expires. */
    Instant now();

    /**
     * Lets time pass for all that the kit has stored, without waiting. A store with a clock of its own moves that clock.
     * A store on a server shortens the time to live of what is stored by this much; then {@link #now()} need not move,
     * for the kit only looks at how much time is left. Where others use the server, too, it does so only for agents whose
     * names begin with {@code tck}.
     *
     * <p>What has no time left is the store's business: do not delete it here, or the kit cannot see a store that goes on
     * showing it. (A server that removes what has expired by itself may do so.)
     *
     * @param duration how much, positive
     */
    void passTime(Duration duration);

    /**
     * How far an expiry time may be off, because real time passes during a test: zero for a clock that the test
     * controls, else a few seconds, at most 30.
     */
    default Duration timeTolerance() {
        return Duration.ZERO;
    }

    /** How long a store may take to be itself again after an outage has ended. */
    default Duration patience() {
        return Duration.ofSeconds(20);
    }

    /**
     * The switch that makes the store unreachable. To return empty is to declare that this store cannot become
     * unreachable, because it lives in the process; the kit then holds it to being live at all times.
     */
    Optional<Outage> outage();

    /**
     * The way to damage stored data. To return empty is to declare that nothing but this store can write its data, so
     * that damaged data cannot occur.
     */
    Optional<Corruption> corruption();

    /**
     * How many conversations are stored without an expiry at this instant, seen by other means than through the store
     * (such as a scan over all keys); it is called while appends are running. Empty if there is no such means.
     */
    default OptionalLong conversationsWithoutExpiry() {
        return OptionalLong.empty();
    }

    /** Closes the stores and all that was started for them. */
    @Override
    void close();

    /** Makes the store unreachable and reachable again, for all its clients. */
    interface Outage {

        /** From the return of this call on the store cannot be reached. */
        void begin();

        /** From the return of this call on the store can be reached; its clients may take a while to notice. */
        void end();
    }

    /** Damages stored data. */
    interface Corruption {

        /**
         * Puts something that is not a message among the messages of an existing conversation.
         *
         * @param id the conversation, which has messages
         */
        void corrupt(ConversationId id);
    }
}
