package dev.colloquy.store.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.UserId;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.domain.retention.Retention;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Random operations on nine conversations: each of the three retentions without a cap and with two. */
final class ModelRun {

    private static final int REMEMBERED_STEPS = 12;

    private final StoreHarness harness;
    private final AgentId agent;
    private final Random random;
    private final RandomAppends appends;
    private final ModelClock clock;
    private final List<ModelledConversation> conversations = new ArrayList<>();
    private final Deque<String> steps = new ArrayDeque<>();
    private int taken;

    ModelRun(StoreHarness harness, AgentId agent, long seed) {
        this.harness = harness;
        this.agent = agent;
        this.random = new Random(seed);
        this.appends = new RandomAppends(random);
        this.clock = new ModelClock(harness);
        for (Retention.From from : Retention.From.values()) {
            Retention uncapped = new Retention(from, Samples.HOUR, null);
            for (Retention retention : List.of(uncapped, uncapped.keepingAtMost(1), uncapped.keepingAtMost(5))) {
                UserId user = new UserId(from + " " + conversations.size());
                conversations.add(new ModelledConversation(new ConversationId(agent, user), retention, clock));
            }
        }
    }

    /** Does one thing to both and compares. */
    void step() {
        ModelledConversation conversation = appends.oneOf(conversations);
        ConversationStore client = random.nextBoolean() ? harness.store() : harness.anotherClient();
        int kind = random.nextInt(100);
        if (kind < 60) {
            Append append = appends.append(conversation);
            note("append to " + conversation.id + ": " + append);
            conversation.append(client, append);
        } else if (kind < 92) {
            MessageRange range = range();
            Retention retention = appends.retention(conversation);
            note("read " + conversation.id + ": " + range + " under " + retention);
            conversation.read(client, range, retention);
        } else if (kind < 95) {
            note("clear " + conversation.id);
            conversation.clear(client);
        } else if (kind < 98) {
            note("list");
            list(client);
        } else {
            Duration duration = timeToPass(conversation);
            note("let pass " + duration);
            clock.pass(duration);
        }
    }

    /** Compares every conversation as a whole. */
    void readAll() {
        for (ModelledConversation conversation : conversations) {
            note("read " + conversation.id);
            conversation.read(harness.store(), MessageRange.all(), conversation.retention);
        }
    }

    /** The latest steps, the one that failed last. */
    String latestSteps() {
        return String.join("\n", steps);
    }

    private void note(String step) {
        steps.add("step " + ++taken + ": " + step);
        if (steps.size() > REMEMBERED_STEPS) {
            steps.removeFirst();
        }
    }

    private MessageRange range() {
        int number = random.nextInt(8);
        return switch (random.nextInt(4)) {
            case 0 -> MessageRange.last(number + 1);
            case 1 -> MessageRange.after(number, 1 + random.nextInt(8));
            case 2 -> MessageRange.after(random.nextInt(150), 1 + random.nextInt(150));
            default -> MessageRange.all();
        };
    }

    private void list(ConversationStore client) {
        List<ConversationId> expected = conversations.stream()
                .filter(conversation -> conversation.model().length() > 0)
                .map(conversation -> conversation.id)
                .toList();
        assertThat(Clause.list(client, agent, 1 + random.nextInt(10)))
                .as("listed")
                .containsAll(expected)
                .allMatch(expected::contains, "exists");
    }

    /** Some minutes, or until one conversation has just not expired or just has; never too near to any expiry. */
    private Duration timeToPass(ModelledConversation conversation) {
        Duration margin = clock.margin();
        // A store may keep the expiry in milliseconds.
        Duration atLeast = margin.isZero() ? Duration.ofMillis(1) : margin;
        Duration left = timeLeft(conversation).orElse(Samples.HOUR);
        Duration duration = switch (random.nextInt(3)) {
            case 0 -> left.plus(margin);
            case 1 -> left.minus(atLeast);
            default -> Duration.ofMinutes(5 + random.nextInt(25));
        };
        if (!duration.isPositive()) {
            duration = atLeast;
        }
        while (isTooNear(duration, margin)) {
            duration = duration.plus(margin);
        }
        return duration;
    }

    private boolean isTooNear(Duration duration, Duration margin) {
        return conversations.stream()
                .flatMap(conversation -> timeLeft(conversation).stream())
                .anyMatch(left -> left.minus(duration).abs().compareTo(margin.dividedBy(2)) < 0);
    }

    private Optional<Duration> timeLeft(ModelledConversation conversation) {
        return conversation.model().expiresAt().map(expiry -> Duration.between(clock.now(), expiry));
    }
}
