package dev.colloquy.application.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.adapter.memory.MemoryConversationStore;
import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationPage;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.PageRequest;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.conversation.SequencedMessage;
import dev.colloquy.domain.error.InvalidValue;
import dev.colloquy.domain.error.MessageTooLarge;
import dev.colloquy.domain.port.in.NewMessage;
import dev.colloquy.domain.port.in.Readiness;
import dev.colloquy.domain.port.in.SaveMessagesCommand;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.domain.port.out.StoreHealth;
import dev.colloquy.domain.retention.Retention;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The use cases")
class UseCasesTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final ConversationId ALEX = ConversationId.of("onboarding", "alex");
    private static final ConversationId SUPPORT = ConversationId.of("support", "alex");
    private static final Retention HOUR = Retention.sinceLastMessage(Duration.ofHours(1));

    private final AtomicInteger made = new AtomicInteger();
    private final UseCases useCases = UseCases.over(
            new MemoryConversationStore(InstantSource.fixed(NOON), () -> 0, 1 << 20, reason -> {}),
            agent -> agent.value().equals("support") ? HOUR : Retention.DEFAULT,
            new MessageLimits(10),
            () -> new MessageId("made-" + made.incrementAndGet()),
            InstantSource.fixed(NOON));

    private Receipt.Stored save(ConversationId conversation, NewMessage... messages) {
        return (Receipt.Stored) useCases.saveMessage().saveMessages(SaveMessagesCommand.of(conversation, messages));
    }

    @Test
    @DisplayName("give a message its time, and an id if it has none")
    void identity() {
        Receipt.Stored receipt = save(
                ALEX,
                NewMessage.of(Role.AGENT, "Name?"),
                new NewMessage(new MessageId("own"), Role.USER, "Alex", Map.of()));

        assertThat(receipt.messages())
                .extracting(message -> message.message().id().value())
                .containsExactly("made-1", "own");
        assertThat(receipt.messages())
                .allSatisfy(message -> assertThat(message.message().at()).isEqualTo(NOON));
    }

    @Test
    @DisplayName("take nothing for a repeat whose ids they have made, although the store had to try twice")
    void noRepeat() {
        ConversationStore store = (ConversationStore) Proxy.newProxyInstance(
                ConversationStore.class.getClassLoader(),
                new Class<?>[] {ConversationStore.class},
                (proxy, method, arguments) -> new Receipt.Stored(List.of(), 1, NOON, true));
        UseCases twice = UseCases.over(
                store, agent -> HOUR, new MessageLimits(10), () -> new MessageId("made"), InstantSource.system());
        NewMessage withId = new NewMessage(new MessageId("own"), Role.USER, "Alex", Map.of());

        assertThat(twice.saveMessage().saveMessages(SaveMessagesCommand.of(ALEX, NewMessage.of(Role.USER, "Alex"))))
                .isEqualTo(new Receipt.Stored(List.of(), 1, NOON, false));
        assertThat(twice.saveMessage().saveMessages(SaveMessagesCommand.of(ALEX, withId)))
                .isEqualTo(new Receipt.Stored(List.of(), 1, NOON, true));
    }

    @Test
    @DisplayName("say that an append is the first attempt only if they have made all of its ids")
    void firstAttempt() {
        List<Boolean> firstAttempts = new ArrayList<>();
        ConversationStore store = (ConversationStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ConversationStore.class}, (proxy, method, arguments) -> {
                    Append append = (Append) arguments[1];
                    firstAttempts.add(append.firstAttempt());
                    return new Receipt.Accepted(append.messages());
                });
        UseCases recorded = UseCases.over(
                store, agent -> HOUR, new MessageLimits(10), () -> new MessageId("made"), InstantSource.system());
        NewMessage given = new NewMessage(new MessageId("own"), Role.USER, "Alex", Map.of());

        for (List<NewMessage> batch : List.of(
                List.of(NewMessage.of(Role.AGENT, "Name?")),
                List.of(given),
                List.of(given, NewMessage.of(Role.AGENT, "Name?")))) {
            recorded.saveMessage().saveMessages(SaveMessagesCommand.of(ALEX, batch.toArray(new NewMessage[0])));
        }

        assertThat(firstAttempts).containsExactly(true, false, false);
    }

    @Test
    @DisplayName("keep each agent's conversations as long as its own retention says")
    void retention() {
        assertThat(save(ALEX, NewMessage.of(Role.USER, "a")).expiresAt()).isEqualTo(NOON.plus(Duration.ofDays(7)));
        assertThat(save(SUPPORT, NewMessage.of(Role.USER, "a")).expiresAt()).isEqualTo(NOON.plus(Duration.ofHours(1)));
    }

    @Test
    @DisplayName("refuse a message above the limit in bytes, and then store nothing of the batch")
    void limit() {
        NewMessage fits = NewMessage.of(Role.USER, "0123456789");
        NewMessage withMetadata = new NewMessage(null, Role.USER, "01234567", Map.of("k", "€"));

        assertThatThrownBy(() -> save(ALEX, fits, withMetadata))
                .isInstanceOfSatisfying(MessageTooLarge.class, error -> {
                    assertThat(error.bytes()).isEqualTo(12);
                    assertThat(error.maxBytes()).isEqualTo(10);
                });
        assertThat(useCases.getConversation()
                        .getConversation(ALEX, MessageRange.all())
                        .isEmpty())
                .isTrue();
        assertThat(save(ALEX, fits).length()).isEqualTo(1);
    }

    @Test
    @DisplayName("read, list and clear")
    void others() {
        save(ALEX, NewMessage.of(Role.AGENT, "Name?"), NewMessage.of(Role.USER, "Alex"));
        save(SUPPORT, NewMessage.of(Role.USER, "Help"));

        assertThat(useCases.getConversation()
                        .getConversation(ALEX, MessageRange.last(1))
                        .messages())
                .extracting(SequencedMessage::content)
                .containsExactly("Alex");
        ConversationPage page =
                useCases.listConversations().listConversations(new AgentId("support"), PageRequest.first(10));
        assertThat(page.conversations()).containsExactly(SUPPORT);

        useCases.clearConversation().clearConversation(ALEX);
        assertThat(useCases.getConversation()
                        .getConversation(ALEX, MessageRange.all())
                        .messages())
                .isEqualTo(List.of());
        assertThat(useCases.checkReadiness().checkReadiness().state()).isEqualTo(Readiness.State.READY);
    }

    @Test
    @DisplayName("hand the condition on")
    void condition() {
        save(ALEX, NewMessage.of(Role.AGENT, "Name?"));
        SaveMessagesCommand onlyIfEmpty =
                new SaveMessagesCommand(ALEX, List.of(NewMessage.of(Role.USER, "Alex")), ExpectedPosition.empty());

        assertThatThrownBy(() -> useCases.saveMessage().saveMessages(onlyIfEmpty))
                .hasMessageContaining("1:made-1");
    }

    @Test
    @DisplayName("limit a message to at least one byte")
    void smallestLimit() {
        assertThat(new MessageLimits(1).maxMessageBytes()).isEqualTo(1);
        assertThatThrownBy(() -> new MessageLimits(0))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("maxMessageBytes");
    }

    @ParameterizedTest
    @CsvSource({"LIVE, READY", "DEGRADED, DEGRADED", "UNAVAILABLE, UNAVAILABLE", "REFUSED, UNAVAILABLE"})
    @DisplayName("take no requests only while the store is away or refuses, and say what is behind it")
    void readiness(StoreHealth.Status status, Readiness.State state) {
        ConversationStore store = (ConversationStore) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ConversationStore.class},
                (proxy, method, arguments) -> new StoreHealth(status, "detail"));
        UseCases over = UseCases.over(
                store, agent -> HOUR, MessageLimits.DEFAULT, () -> new MessageId("made"), InstantSource.system());

        assertThat(over.checkReadiness().checkReadiness()).isEqualTo(new Readiness(state, "detail"));
    }
}
