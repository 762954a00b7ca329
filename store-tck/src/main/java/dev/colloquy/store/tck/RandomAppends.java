package dev.colloquy.store.tck;

import static dev.colloquy.store.tck.Samples.HOUR;
import static dev.colloquy.store.tck.Samples.NOON;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.Position;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.retention.Retention;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Makes up appends: new ones, repeats, conflicts and conditions. Whether one is allowed, the aggregate says. */
final class RandomAppends {

    private static final List<String> CONTENTS = List.of("", "Alex", "What's your name?", "😀 שלום", "{\"a\":\"b\"}");
    private static final List<Role> ROLES = List.of(Role.AGENT, Role.USER, Role.SYSTEM, Role.TOOL);

    private final Random random;
    private int made;

    RandomAppends(Random random) {
        this.random = random;
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Mostly the conversation's own retention, now and then one that counts otherwise, under the same cap. */
    Retention retention(ModelledConversation conversation) {
        Retention own = conversation.retention;
        return random.nextInt(8) > 0
                ? own
                : new Retention(oneOf(List.of(Retention.From.values())), HOUR.multipliedBy(2), own.limit());
    }

    /** Such a retention, now and then with another cap that so many messages fit into, or with none. */
    private Retention retention(ModelledConversation conversation, int messages) {
        Retention retention = retention(conversation);
        if (random.nextInt(8) > 0) {
            return retention;
        }
        Retention uncapped = new Retention(retention.from(), retention.period(), null);
        return random.nextInt(4) == 0
                ? uncapped
                : uncapped.keepingAtMost(Math.max(messages, oneOf(List.of(1, 5, 20, 140))));
    }

    Append append(ModelledConversation conversation) {
        int most = Math.min(
                Append.MOST_MESSAGES, conversation.retention.maxMessages().orElse(Append.MOST_MESSAGES));
        int madeBefore = made;
        List<Message> messages = messages(conversation.history, most);
        boolean allNew = messages.stream().allMatch(message -> numberOf(message) > madeBefore);
        ExpectedPosition expected = random.nextInt(4) > 0 ? ExpectedPosition.any() : condition(conversation);
        Retention retention = retention(conversation, messages.size());
        return new Append(messages, expected, retention, allNew && random.nextBoolean());
    }

    private List<Message> messages(AppendHistory history, int most) {
        List<List<Message>> known = history.recognised();
        List<List<Message>> forgotten = history.forgotten();
        int kind = random.nextInt(16);
        if (kind == 0 && !forgotten.isEmpty()) {
            return oneOf(forgotten);
        }
        if (kind > 7 || known.isEmpty()) {
            return fresh(Math.min(most, size()));
        }
        int chosen = random.nextInt(known.size());
        List<Message> batch = known.get(chosen);
        return switch (kind) {
            case 0, 1 -> batch;
            case 2 ->
                batch.stream().map(m -> Samples.at(m.at().plusSeconds(5), m)).toList();
            case 3 -> chosen == 0 ? batch : joined(known.get(chosen - 1), batch, most);
            case 4, 5 -> withOneChanged(batch);
            case 6 -> joined(batch, fresh(1), most);
            default -> joined(fresh(1), batch, most);
        };
    }

    private int size() {
        return switch (random.nextInt(20)) {
            case 0 -> 7 + random.nextInt(40);
            case 1, 2, 3, 4, 5, 6 -> 2 + random.nextInt(5);
            default -> 1;
        };
    }

    private static List<Message> joined(List<Message> one, List<Message> other, int most) {
        List<Message> both = new ArrayList<>(one);
        both.addAll(other);
        return both.size() <= most ? both : one;
    }

    private List<Message> withOneChanged(List<Message> batch) {
        List<Message> changed = new ArrayList<>(batch);
        int index = random.nextInt(batch.size());
        Message before = batch.get(index);
        changed.set(
                index, new Message(before.id(), before.role(), before.content() + "!", before.at(), before.metadata()));
        return changed;
    }

    private List<Message> fresh(int count) {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made++;
            messages.add(new Message(
                    new MessageId("m" + made),
                    oneOf(ROLES),
                    oneOf(CONTENTS),
                    NOON.plusNanos(made),
                    random.nextInt(4) > 0 ? Map.of() : Map.of("number", Integer.toString(made))));
        }
        return messages;
    }

    private static int numberOf(Message message) {
        return Integer.parseInt(message.id().value().substring(1));
    }

    private ExpectedPosition condition(ModelledConversation conversation) {
        Optional<Position> last = conversation.model().last();
        Position end = last.orElse(new Position(1, new MessageId("never")));
        return oneOf(List.of(
                ExpectedPosition.empty(),
                ExpectedPosition.last(end),
                ExpectedPosition.last(end),
                ExpectedPosition.last(new Position(end.sequence() + 1, end.id())),
                ExpectedPosition.last(new Position(end.sequence(), new MessageId("never")))));
    }
}
