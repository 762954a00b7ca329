package dev.colloquy.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.application.outbox.OutboxConversationStore;
import dev.colloquy.application.outbox.OutboxJournal;
import dev.colloquy.application.outbox.OutboxSettings;
import dev.colloquy.bootstrap.Agent;
import dev.colloquy.bootstrap.Colloquy;
import dev.colloquy.bootstrap.journal.HeldConversations;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.retention.Retention;
import dev.colloquy.domain.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The regions are shown in the README, word for word; {@link ReadmeTest} compares them. */
@DisplayName("The Java of the README")
class ReadmeSnippetsTest {

    @Test
    @DisplayName("saves, resumes and clears a conversation")
    void embedding() {
        // region embedding
        try (var colloquy = Colloquy.fromEnvironment()) {
            Agent onboarding = colloquy.agent("onboarding");
            onboarding.saveMessage("alex", Role.AGENT, "What's your name?");
            onboarding.saveMessage("alex", Role.USER, "Alex");

            ConversationView soFar = onboarding.getConversation("alex");
            List<Message> prompt = Window.last(20).select(soFar.transcript());

            onboarding.clearConversation("alex");
            // endregion
            assertThat(prompt).extracting(Message::content).endsWith("What's your name?", "Alex");
            assertThat(onboarding.getConversation("alex").isEmpty()).isTrue();
            // region embedding
        }
        // endregion
    }

    @Test
    @DisplayName("puts into the prompt what waits for the store, too")
    void promptInAnOutage() {
        HeldConversations conversations = new HeldConversations(true);
        OutboxSettings settings = OutboxSettings.DEFAULT.probingEvery(Duration.ofMillis(2));
        try (var store = OutboxConversationStore.over(
                        conversations, OutboxJournal.none(), settings, InstantSource.fixed(Instant.EPOCH));
                var colloquy = Colloquy.builder().store(store).build()) {
            Agent onboarding = colloquy.agent("onboarding");
            onboarding.saveMessage("alex", Role.AGENT, "What's your name?");
            conversations.isUp = false;
            onboarding.saveMessage("alex", Role.USER, "Alex");

            ConversationView soFar = onboarding.getConversation("alex");
            List<Message> prompt = Window.last(20).select(soFar.transcript());

            assertThat(prompt).extracting(Message::content).containsExactly("What's your name?", "Alex");
            conversations.isUp = true;
        }
    }

    @Test
    @DisplayName("tells what is stored from what waits")
    void receipts() {
        try (var colloquy = Colloquy.builder().build()) {
            Agent onboarding = colloquy.agent("onboarding");
            // region receipts
            String state = switch (onboarding.saveMessage("alex", Role.USER, "Alex")) {
                case Receipt.Stored stored -> "message " + stored.lastSequence() + ", kept until " + stored.expiresAt();
                case Receipt.Accepted accepted -> "will be stored when Redis is back";
            };
            // endregion
            assertThat(state).startsWith("message 1, kept until 2");
        }
    }

    @Test
    @DisplayName("keeps conversations in a store of one's own")
    void ownStore() {
        // region own-store
        try (var colloquy = Colloquy.builder()
                .store(new MyStore(InstantSource.system()))
                .retention(Retention.sinceLastMessage(Duration.ofDays(30)).keepingAtMost(500))
                .build()) {
            colloquy.agent("onboarding").saveMessage("alex", Role.USER, "Alex");
            // endregion
            assertThat(colloquy.agent("onboarding").getConversation("alex").length())
                    .isEqualTo(1);
            // region own-store
        }
        // endregion
    }
}
