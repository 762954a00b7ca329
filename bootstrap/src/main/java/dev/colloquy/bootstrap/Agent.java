package dev.colloquy.bootstrap;

import dev.colloquy.application.conversation.UseCases;
import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationPage;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.PageRequest;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.conversation.UserId;
import dev.colloquy.domain.port.in.NewMessage;
import dev.colloquy.domain.port.in.SaveMessagesCommand;
import java.util.List;
import java.util.Objects;

/**
 * The conversations of one agent. It holds no state of its own: it is cheap to make, may be kept or made anew, and is
 * safe for any number of threads. Every call may block while the store works.
 *
 * <p>Every call throws {@link dev.colloquy.domain.error.InvalidValue} if a user's name is not allowed (1 to 256 Unicode
 * characters, none of them a control character), a {@link dev.colloquy.domain.error.StoreFailure} if the store cannot do
 * what was asked, and {@link IllegalStateException} once its {@link Colloquy} is closed.
 */
public final class Agent {

    private final AgentId id;
    private final Colloquy colloquy;

    Agent(AgentId id, Colloquy colloquy) {
        this.id = id;
        this.colloquy = colloquy;
    }

    /** The agent's name. */
    public AgentId id() {
        return id;
    }

    /**
     * Saves one message at the end of the conversation. Its id is made here: after a failure of which nobody knows
     * whether the message was stored, calling this again may store it twice; to repeat safely give the message an id of
     * your own, with {@link #saveMessages(String, List)}.
     *
     * @param user who the agent talks with
     * @param role who said it
     * @param content what was said, at most {@code maxMessageBytes} in UTF-8
     * @return {@link Receipt.Stored}, or {@link Receipt.Accepted} while the store is unavailable
     * @throws dev.colloquy.domain.error.InvalidValue if the content cannot be written in UTF-8
     * @throws dev.colloquy.domain.error.MessageTooLarge if it is larger than the limit
     */
    public Receipt saveMessage(String user, Role role, String content) {
        return saveMessages(user, List.of(NewMessage.of(role, content)));
    }

    /**
     * Saves messages at the end of the conversation, in order, all or none. With ids of your own it may be repeated
     * without doubling a message.
     *
     * @param user who the agent talks with
     * @param messages 1 to 128 messages with different ids, no more than the agent's retention keeps
     * @return {@link Receipt.Stored}, or {@link Receipt.Accepted} while the store is unavailable
     * @throws dev.colloquy.domain.error.InvalidValue if a message or the size of the batch is not allowed
     * @throws dev.colloquy.domain.error.MessageTooLarge if a message is larger than the limit
     * @throws dev.colloquy.domain.error.MessageIdConflict if an id is known but this is not a repeat
     */
    public Receipt saveMessages(String user, List<NewMessage> messages) {
        return saveMessages(user, messages, ExpectedPosition.any());
    }

    /**
     * The same, if the conversation still ends where expected.
     *
     * @param user who the agent talks with
     * @param messages what to save
     * @param expected where the conversation must end for this to happen
     * @return {@link Receipt.Stored}, or {@link Receipt.Accepted} while the store is unavailable
     * @throws dev.colloquy.domain.error.ConversationChanged if it ends elsewhere; nothing was saved
     */
    public Receipt saveMessages(String user, List<NewMessage> messages, ExpectedPosition expected) {
        return useCases()
                .saveMessage()
                .saveMessages(new SaveMessagesCommand(conversationWith(user), messages, expected));
    }

    /**
     * Reads the whole conversation as of one instant.
     *
     * @param user who the agent talks with
     * @return the view, which never changes; empty if there is no conversation, or no longer; marked as degraded while
     *     the store is unavailable. What goes into a prompt is its {@linkplain ConversationView#transcript() transcript},
     *     which has what waits for the store, too.
     */
    public ConversationView getConversation(String user) {
        return getConversation(user, MessageRange.all());
    }

    /**
     * Reads a part of the conversation as of one instant.
     *
     * @param user who the agent talks with
     * @param range which messages
     * @return the view, as for the whole conversation
     */
    public ConversationView getConversation(String user, MessageRange range) {
        Objects.requireNonNull(range, "range");
        return useCases().getConversation().getConversation(conversationWith(user), range);
    }

    /**
     * Removes the conversation at once. Doing so again does nothing; the next message starts a new one at 1.
     *
     * @param user who the agent talks with
     * @return whether it was done, or only accepted while the store is unavailable
     */
    public ClearReceipt clearConversation(String user) {
        return useCases().clearConversation().clearConversation(conversationWith(user));
    }

    /**
     * Lists the agent's conversations by pages, in no particular order.
     *
     * @param page which page
     * @return the page; it may hold fewer conversations than asked for, also none, while more pages follow
     * @throws dev.colloquy.domain.error.InvalidValue if the cursor is not one that a listing gave
     */
    public ConversationPage listConversations(PageRequest page) {
        Objects.requireNonNull(page, "page");
        return useCases().listConversations().listConversations(id, page);
    }

    private UseCases useCases() {
        return colloquy.useCases();
    }

    private ConversationId conversationWith(String user) {
        return new ConversationId(id, new UserId(Objects.requireNonNull(user, "user")));
    }
}
