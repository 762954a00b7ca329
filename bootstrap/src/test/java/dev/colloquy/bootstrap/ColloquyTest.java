package dev.colloquy.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.PageRequest;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.error.ConversationChanged;
import dev.colloquy.domain.error.InvalidSettings;
import dev.colloquy.domain.error.InvalidValue;
import dev.colloquy.domain.error.MessageTooLarge;
import dev.colloquy.domain.port.in.NewMessage;
import dev.colloquy.domain.retention.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Colloquy, embedded")
class ColloquyTest {

    @Nested
    @DisplayName("an agent")
    class Agents {

        private final Colloquy colloquy = Colloquy.fromEnvironment(Map.of());
        private final Agent agent = colloquy.agent("onboarding");

        @Test
        @DisplayName("saves, reads and clears a conversation")
        void roundTrip() {
            agent.saveMessage("alex", Role.AGENT, "What's your name?");
            Receipt receipt = agent.saveMessage("alex", Role.USER, "Alex");

            assertThat(receipt)
                    .isInstanceOfSatisfying(
                            Receipt.Stored.class,
                            stored -> assertThat(stored.length()).isEqualTo(2));
            assertThat(agent.getConversation("alex").messages())
                    .extracting(message -> message.message().content())
                    .containsExactly("What's your name?", "Alex");
            assertThat(agent.getConversation("alex", MessageRange.last(1)).messages())
                    .hasSize(1);

            agent.clearConversation("alex");
            assertThat(agent.getConversation("alex").isEmpty()).isTrue();
        }

        @Test
        @DisplayName("saves a batch with ids of its own once, however often it is repeated")
        void repeat() {
            List<NewMessage> batch = List.of(new NewMessage(new MessageId("m-1"), Role.USER, "Alex", Map.of()));
            agent.saveMessages("alex", batch);
            agent.saveMessages("alex", batch);
            assertThat(agent.getConversation("alex").length()).isEqualTo(1);
        }

        @Test
        @DisplayName("saves on a condition")
        void condition() {
            agent.saveMessage("alex", Role.USER, "Alex");
            assertThatExceptionOfType(ConversationChanged.class)
                    .isThrownBy(() -> agent.saveMessages(
                            "alex", List.of(NewMessage.of(Role.USER, "Alex")), ExpectedPosition.empty()));
        }

        @Test
        @DisplayName("lists its conversations and nobody else's")
        void list() {
            agent.saveMessage("alex", Role.USER, "Alex");
            colloquy.agent("other").saveMessage("kim", Role.USER, "Kim");
            assertThat(agent.listConversations(PageRequest.first(10)).conversations())
                    .containsExactly(ConversationId.of("onboarding", "alex"));
        }

        @Test
        @DisplayName("refuses names that are not allowed")
        void names() {
            assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> colloquy.agent("a:b"));
            assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> agent.getConversation(""));
        }

        @Test
        @DisplayName("says which argument is null")
        void absent() {
            assertThatNullPointerException()
                    .isThrownBy(() -> colloquy.agent(null))
                    .withMessage("name");
            assertThatNullPointerException()
                    .isThrownBy(() -> agent.saveMessage(null, Role.USER, "Alex"))
                    .withMessage("user");
        }

        @Test
        @DisplayName("cannot be used once Colloquy is closed, which may be closed twice")
        void closed() {
            colloquy.close();
            colloquy.close();
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> agent.getConversation("alex"));
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> colloquy.agent("onboarding"));
        }
    }

    @Nested
    @DisplayName("built in code")
    class Built {

        @Test
        @DisplayName("keeps each agent's conversations as long as that agent's retention says")
        void retention() {
            try (Colloquy colloquy = Colloquy.builder()
                    .retention(Retention.sinceLastMessage(Duration.ofDays(1)))
                    .retention("short", Retention.sinceFirstMessage(Duration.ofHours(1)))
                    .build()) {
                Duration general = lifetime(colloquy.agent("any").saveMessage("alex", Role.USER, "Alex"));
                Duration own = lifetime(colloquy.agent("short").saveMessage("alex", Role.USER, "Alex"));
                assertThat(general).isBetween(Duration.ofHours(23), Duration.ofDays(1));
                assertThat(own).isBetween(Duration.ofMinutes(50), Duration.ofHours(1));
            }
        }

        private Duration lifetime(Receipt receipt) {
            return Duration.between(Instant.now(), ((Receipt.Stored) receipt).expiresAt());
        }

        @Test
        @DisplayName("refuses a message that is larger than its limit")
        void limit() {
            try (Colloquy colloquy = Colloquy.builder().maxMessageBytes(3).build()) {
                Agent agent = colloquy.agent("onboarding");
                assertThatExceptionOfType(MessageTooLarge.class)
                        .isThrownBy(() -> agent.saveMessage("alex", Role.USER, "Alex"));
            }
        }

        @Test
        @DisplayName("takes the time and the ids it is given")
        void inputs() {
            Instant noon = Instant.parse("2026-01-01T12:00:00Z");
            try (Colloquy colloquy = Colloquy.builder()
                    .clock(() -> noon)
                    .ids(() -> new MessageId("m-1"))
                    .build()) {
                Receipt receipt = colloquy.agent("onboarding").saveMessage("alex", Role.USER, "Alex");
                assertThat(((Receipt.Stored) receipt).messages())
                        .singleElement()
                        .satisfies(message -> {
                            assertThat(message.message().at()).isEqualTo(noon);
                            assertThat(message.message().id()).isEqualTo(new MessageId("m-1"));
                        });
            }
        }
    }

    @Test
    @DisplayName("does not mind an address of all for a server that is not its own")
    void doesNotListen() {
        try (Colloquy colloquy = Colloquy.fromEnvironment(Map.of("HOST", "0.0.0.0"))) {
            assertThat(colloquy.agent("onboarding").getConversation("alex").isEmpty())
                    .isTrue();
        }
    }

    @Test
    @DisplayName("does not start with settings that are wrong")
    void settings() {
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> Colloquy.fromEnvironment(Map.of("PORT", "http", "COLLOQUY_STORE", "mongo")))
                .satisfies(refused -> assertThat(refused.mistakes()).hasSize(2));
    }
}
