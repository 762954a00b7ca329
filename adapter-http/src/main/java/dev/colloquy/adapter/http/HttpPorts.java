package dev.colloquy.adapter.http;

import dev.colloquy.domain.port.in.CheckReadinessUseCase;
import dev.colloquy.domain.port.in.ClearConversationUseCase;
import dev.colloquy.domain.port.in.GetConversationUseCase;
import dev.colloquy.domain.port.in.ListConversationsUseCase;
import dev.colloquy.domain.port.in.SaveMessageUseCase;
import java.util.Objects;

/**
 * What the HTTP surface calls. Each port must be safe for any number of threads.
 *
 * @param saveMessage saves messages
 * @param getConversation reads a conversation
 * @param clearConversation removes a conversation
 * @param listConversations lists the conversations of an agent
 * @param checkReadiness says whether the service can do its work
 */
public record HttpPorts(
        SaveMessageUseCase saveMessage,
        GetConversationUseCase getConversation,
        ClearConversationUseCase clearConversation,
        ListConversationsUseCase listConversations,
        CheckReadinessUseCase checkReadiness) {

    public HttpPorts {
        Objects.requireNonNull(saveMessage, "saveMessage");
        Objects.requireNonNull(getConversation, "getConversation");
        Objects.requireNonNull(clearConversation, "clearConversation");
        Objects.requireNonNull(listConversations, "listConversations");
        Objects.requireNonNull(checkReadiness, "checkReadiness");
    }
}
