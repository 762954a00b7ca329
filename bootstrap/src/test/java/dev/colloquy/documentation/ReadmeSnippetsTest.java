package dev.colloquy.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.bootstrap.Agent;
import dev.colloquy.bootstrap.Colloquy;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.conversation.SequencedMessage;
import dev.colloquy.domain.retention.Retention;
import dev.colloquy.domain.window.Window;
import java.time.Duration;
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
            List<SequencedMessage> prompt = Window.last(20).select(soFar.messages());

            onboarding.clearConversation("alex");
            // endregion
            assertThat(prompt).extracting(SequencedMessage::content).endsWith("What's your name?", "Alex");
            assertThat(onboarding.getConversation("alex").isEmpty()).isTrue();
            // region embedding
        }
        // endregion
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
