package dev.colloquy.application.outbox;

import static dev.colloquy.application.outbox.OutageStep.Event.DISK_MENDED;
import static dev.colloquy.application.outbox.OutageStep.Event.LIST;
import static dev.colloquy.application.outbox.OutageStep.Event.PROBE;
import static dev.colloquy.application.outbox.OutageStep.Event.RESTART;
import static dev.colloquy.application.outbox.OutageStep.Event.STORE_HEALS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.application.conversation.MessageLimits;
import dev.colloquy.application.conversation.UseCases;
import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationPage;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.PageRequest;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.error.ColloquyException;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.port.in.NewMessage;
import dev.colloquy.domain.port.in.SaveMessagesCommand;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.domain.port.out.StoreHealth;
import dev.colloquy.domain.retention.Retention;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Takes the steps of a program with the real use cases and with the model, and compares what both answer. */
final class OutageRun {

    /** The store in memory, which fails as the script says. */
    private record ScriptedStore(ConversationStore store, FaultScript script) implements ConversationStore {
        @Override
        public Receipt append(ConversationId id, Append append) {
            return script.write(() -> store.append(id, append));
        }

        @Override
        public ClearReceipt clear(ConversationId id) {
            return script.write(() -> store.clear(id));
        }

        @Override
        public ConversationView read(ConversationId id, MessageRange range, Retention retention) {
            return script.ask(() -> store.read(id, range, retention));
        }

        @Override
        public ConversationPage list(AgentId agent, PageRequest page) {
            return script.ask(() -> store.list(agent, page));
        }

        @Override
        public StoreHealth checkHealth() {
            return script.isAway() ? StoreHealth.unavailable("away") : StoreHealth.live("there");
        }
    }

    private final Fixture f = new Fixture();
    private final FaultScript script = new FaultScript();
    private final OutboxSettings settings = OutboxSettings.DEFAULT.holding(OutageModel.MOST_WAITING, 1 << 20);
    private final OutageModel model = new OutageModel(f);
    private final Deque<MessageId> idsToMake = new ArrayDeque<>();
    private OutboxConversationStore outbox = open();
    private UseCases useCases = useCases();
    private boolean wasKilled;

    private OutboxConversationStore open() {
        return OutboxConversationStore.probedByHand(new ScriptedStore(f.store, script), f.journal, settings, f);
    }

    private UseCases useCases() {
        return UseCases.over(outbox, OutageModel::retention, MessageLimits.DEFAULT, idsToMake::removeFirst, f);
    }

    void take(OutageStep step) {
        switch (step) {
            case OutageStep.Save save -> save(save);
            case OutageStep.Read read -> read(read.in(), read.range());
            case OutageStep.Clear clear -> clear(clear);
            case OutageStep.OtherStores other -> otherStores(other);
            case OutageStep.Fails fails -> {
                script.plan(fails.how(), fails.atWrite());
                model.script.plan(fails.how(), fails.atWrite());
            }
            case OutageStep.TimePasses passes -> f.pass(model.waitsForTheDisk() ? Duration.ZERO : passes.time());
            case OutageStep.Event event -> happen(event);
        }
        if (wasKilled) {
            wasKilled = false;
            happen(RESTART);
        }
        assertThat(outbox.statistics().waitingMessages()).as("messages waiting").isEqualTo(model.waitingMessages());
        assertThat(outbox.statistics().degradedSince().isPresent())
                .as("degraded")
                .isEqualTo(model.isDegraded());
    }

    /** When all is well again, what waits is stored, and nothing else. */
    void end() {
        take(STORE_HEALS);
        take(DISK_MENDED);
        take(PROBE);
        assertThat(model.waitingMessages()).as("messages still waiting").isZero();
        assertThat(f.journal.entries).as("journal").isEmpty();
        OutageModel.CONVERSATIONS.forEach(id -> read(id, MessageRange.all()));
        take(LIST);
        assertThat(f.journal.kept.values().stream()
                        .map(each ->
                                ((OutboxEntry.Appended) each.entry()).append().messages())
                        .toList())
                .as("kept aside")
                .containsExactlyInAnyOrderElementsOf(model.keptAside);
    }

    private void happen(OutageStep.Event event) {
        switch (event) {
            case LIST ->
                assertSame(
                        answer(() -> useCases
                                .listConversations()
                                .listConversations(OutageModel.ALEX.agent(), PageRequest.first(10))
                                .conversations()
                                .stream()
                                .sorted(Comparator.comparing(ConversationId::toString))
                                .toList()),
                        answer(() -> model.list(OutageModel.ALEX.agent())));
            case STORE_HEALS -> {
                script.heal();
                model.script.heal();
            }
            case PROBE -> {
                outbox.probe();
                answer(() -> {
                    model.probe();
                    return true;
                });
            }
            case RESTART -> {
                outbox = open();
                useCases = useCases();
                model.restart();
            }
            case DISK_FULL -> {
                f.journal.failAltogether();
                model.isDiskFull = true;
            }
            case DISK_MENDED -> {
                f.journal.mend();
                model.isDiskFull = false;
            }
        }
    }

    private void save(OutageStep.Save save) {
        ConversationId id = save.in();
        List<Message> messages = messages(save.ids(), save.content());
        ExpectedPosition expected = switch (save.only()) {
            case ALWAYS -> ExpectedPosition.any();
            case IF_EMPTY -> ExpectedPosition.empty();
            case IF_IT_ENDS_WHERE_IT_DOES ->
                model.stored(id).last().map(ExpectedPosition::last).orElse(ExpectedPosition.empty());
        };
        idsToMake.clear();
        List<NewMessage> said = new ArrayList<>();
        for (Message each : messages) {
            idsToMake.add(each.id());
            said.add(new NewMessage(save.ownIds() ? each.id() : null, each.role(), each.content(), Map.of()));
        }
        Object answer = answer(() -> useCases.saveMessage().saveMessages(new SaveMessagesCommand(id, said, expected)));
        Append append = new Append(messages, expected, retention(id), !save.ownIds());
        assertSame(answer, answer(() -> model.append(id, append, answer)));
    }

    private void clear(OutageStep.Clear clear) {
        Object answer = answer(() -> useCases.clearConversation().clearConversation(clear.in()));
        assertSame(answer, answer(() -> model.clear(clear.in())));
        if (answer instanceof StoreUnavailable) {
            // Who does not know what became of it repeats it until he does.
            for (OutageStep.Event event : List.of(STORE_HEALS, DISK_MENDED, PROBE)) {
                take(event);
            }
            clear(clear);
        }
    }

    /** Not so much that the store does not recognise what this process will repeat without looking. */
    private void otherStores(OutageStep.OtherStores other) {
        ConversationId id = other.in();
        List<String> ids = model.looksFarBehind(id) ? other.ids() : other.ids().subList(0, 1);
        for (Message message : messages(ids, "another's")) {
            Append append = Append.of(retention(id), message);
            f.store.append(id, append);
            model.otherStores(id, append);
        }
    }

    private void read(ConversationId id, MessageRange range) {
        ConversationView actual = useCases.getConversation().getConversation(id, range);
        ConversationView expected = model.read(id, range);
        if (expected.state() == ConversationView.State.LIVE || model.isKnown(id)) {
            assertThat(actual).isEqualTo(expected);
            return;
        }
        assertThat(actual.state()).isEqualTo(expected.state());
        if (retention(id).maxMessages().isPresent()) {
            return;
        }
        // Messages may be missing, but not those that wait, and none may be there that should not.
        ConversationView all = model.read(id, MessageRange.all());
        List<String> shown = new ArrayList<>(Fixture.shown(actual));
        shown.removeAll(model.inVain(id));
        assertSubsequence(Fixture.shown(all), shown);
        if (range instanceof MessageRange.All) {
            assertSubsequence(
                    shown, all.pending().stream().map(each -> each.id().value()).toList());
        }
    }

    private static void assertSubsequence(List<String> all, List<String> some) {
        if (!some.isEmpty()) {
            assertThat(all).containsSubsequence(some);
        }
    }

    private List<Message> messages(List<String> ids, String content) {
        return ids.stream().map(each -> f.message(each, content)).toList();
    }

    private static Retention retention(ConversationId id) {
        return OutageModel.retention(id.agent());
    }

    private Object answer(Supplier<?> call) {
        try {
            return call.get();
        } catch (ColloquyException e) {
            return e;
        } catch (FaultScript.Killed e) {
            wasKilled = true;
            return e;
        }
    }

    private static void assertSame(Object actual, Object expected) {
        if (expected instanceof Throwable refusal) {
            assertThat(actual).isExactlyInstanceOf(refusal.getClass());
        } else {
            assertThat(actual).isEqualTo(expected);
        }
    }
}
