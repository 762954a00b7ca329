package dev.colloquy.domain.port.out;

import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationPage;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.PageRequest;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.retention.Retention;

/**
 * Where conversations are kept. Every store behaves as if it held one {@link
 * dev.colloquy.domain.conversation.Conversation} for each id. This is the contract; the artifact {@code
 * colloquy-store-tck} tests each clause.
 *
 * <ul>
 *   <li><b>S1 Isolation.</b> A conversation is one agent and one user. No operation on one touches another.
 *   <li><b>S2 Atomic append.</b> One call appends its messages in order, all or none, and returns a receipt.
 *   <li><b>S3 Sequence.</b> Sequence numbers start at 1, rise by exactly 1, and are never reused while the conversation
 *       lives, also when old messages were dropped by the cap.
 *   <li><b>S4 Concurrency.</b> Any number of concurrent appenders, in any number of processes: nothing lost, nothing
 *       doubled, each caller's own order kept.
 *   <li><b>S5 Idempotence.</b> Appending a batch again with the same message ids, or a part of it, changes nothing and
 *       returns the first receipt marked as a replay, as long as all of it is among the latest {@value
 *       dev.colloquy.domain.conversation.Conversation#HORIZON} messages appended, dropped by the cap or not. The same
 *       id with other content, or a batch of which only a part is known, is refused. This holds while a first attempt
 *       is still in flight, also if that said that it was {@linkplain
 *       dev.colloquy.domain.conversation.Append#firstAttempt() the first}. (The time is not compared, the first one stays;
 *       the receipt's expiry is the present one, and its length is worked out under the repetition's cap.)
 *   <li><b>S6 Conditional append.</b> With an expected last position the append happens only if it still matches; a
 *       clear in between never matches by accident. Whether the batch is a repeat (S5) is looked at before.
 *   <li><b>S7 Reads.</b> Whole, last N, or after a sequence number with a limit; each sees one instant and never half a
 *       batch. Unknown and expired conversations read as empty, never as an error.
 *   <li><b>S8 No aliasing.</b> What a read returned never changes afterwards.
 *   <li><b>S9 Clear</b> removes everything at once and may be repeated. The next append starts again at 1.
 *   <li><b>S10 Retention.</b> Expiry is set in the same atomic step as the append; at no instant does the data exist
 *       without one. After expiry nothing is visible. An append under a cap keeps exactly as many messages as that says,
 *       or all if there are fewer, however large it is.
 *   <li><b>S11 Fidelity.</b> Roles, content, ids, times and metadata come back exactly.
 *   <li><b>S12 Honest failure.</b> A store that cannot be reached throws {@link
 *       dev.colloquy.domain.error.StoreUnavailable}; stored data that is not a message gives {@link
 *       dev.colloquy.domain.error.StoredDataUnreadable}, which names the conversation and never its content. Any other
 *       error says that nothing was written. An outage never looks like an empty conversation. What a store accepted
 *       for later is stored in order, once, before it calls the conversation live again; what has a condition it does
 *       not accept.
 *   <li><b>S13 Listing.</b> The conversations of one agent, by pages; each one that exists throughout is seen at least
 *       once.
 * </ul>
 *
 * <p>Implementations are safe for any number of threads. Every method may block, and may throw any {@link
 * dev.colloquy.domain.error.StoreFailure}.
 */
public interface ConversationStore {

    /**
     * Appends a batch (S2 to S6, S10).
     *
     * @return {@link Receipt.Stored}, or {@link Receipt.Accepted} from a store that keeps messages for later while the
     *     one behind it is unavailable
     * @throws dev.colloquy.domain.error.MessageIdConflict if an id is known but this is not a repeat
     * @throws dev.colloquy.domain.error.ConversationChanged if the condition is not met
     * @throws dev.colloquy.domain.error.StoreUnavailable if the store did not answer; the messages may have been stored
     *     all the same, and repeating the call is safe
     */
    Receipt append(ConversationId id, Append append);

    /**
     * Reads messages (S7, S8). A retention that counts from the last access starts anew in the same step; how many
     * messages it keeps does not matter to a read.
     *
     * @return the view; empty if the conversation is unknown or expired
     */
    ConversationView read(ConversationId id, MessageRange range, Retention retention);

    /** Removes a conversation (S9), also one with damaged data. Clearing one that does not exist does nothing. */
    ClearReceipt clear(ConversationId id);

    /**
     * Lists an agent's conversations (S13), in no particular order. A page may hold fewer than the limit, also none,
     * while more pages follow, or more, but at most three times as many; a conversation may be seen twice. Whatever a
     * cursor holds, only conversations of this agent are listed.
     *
     * @throws dev.colloquy.domain.error.InvalidValue if the cursor is not one that a listing of this store gave; its field
     *     is {@code cursor}
     */
    ConversationPage list(AgentId agent, PageRequest page);

    /** Asks the store for a sign of life, which takes less than 30 seconds. Never throws: the answer says what is wrong. */
    StoreHealth checkHealth();
}
