package dev.colloquy.application.conversation;

import dev.colloquy.domain.port.in.CheckReadinessUseCase;
import dev.colloquy.domain.port.in.ClearConversationUseCase;
import dev.colloquy.domain.port.in.GetConversationUseCase;
import dev.colloquy.domain.port.in.ListConversationsUseCase;
import dev.colloquy.domain.port.in.SaveMessageUseCase;
import dev.colloquy.domain.port.out.ConversationStore;
import java.time.InstantSource;

/**
 * Everything a caller can do, each as its inbound port. All of it is safe for any number of threads.
 *
 * @param saveMessage saves messages
 * @param getConversation reads a conversation
 * @param clearConversation removes a conversation
 * @param listConversations lists the conversations of an agent
 * @param checkReadiness says whether the store answers
 */
public record UseCases(
        SaveMessageUseCase saveMessage,
        GetConversationUseCase getConversation,
        ClearConversationUseCase clearConversation,
        ListConversationsUseCase listConversations,
        CheckReadinessUseCase checkReadiness) {

    /**
     * The use cases over a store.
     *
     * @param store where conversations are kept
     * @param retention how long each agent's conversations are kept
     * @param limits how large a message may be
     * @param ids makes the ids of messages that come without one
     * @param clock gives messages their time
     */
    public static UseCases over(
            ConversationStore store,
            RetentionPolicy retention,
            MessageLimits limits,
            MessageIdSource ids,
            InstantSource clock) {
        return new UseCases(
                new SaveMessageService(store, retention, limits, ids, clock),
                new GetConversationService(store, retention),
                store::clear,
                store::list,
                new CheckReadinessService(store));
    }
}
