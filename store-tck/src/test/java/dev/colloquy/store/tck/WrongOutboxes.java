package dev.colloquy.store.tck;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.port.out.StoreHealth;
import dev.colloquy.domain.retention.Retention;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Stores that accept appends and clears in an outage, and do not keep their word behind it. */
final class WrongOutboxes {

    private WrongOutboxes() {}

    /** What waits for the end of an outage: an append, or a clear, which has none. */
    record Waiting(ConversationId id, Append append, boolean isClear) {}

    /** Right, but for what it makes of what waits. */
    static class Accepting extends ReferenceStore {

        private final List<Waiting> waiting = new ArrayList<>();
        private final UnaryOperator<List<Waiting>> change;

        /** @param change what it carries out instead of what it accepted */
        Accepting(InstantSource clock, UnaryOperator<List<Waiting>> change) {
            super(clock);
            this.change = change;
        }

        boolean accepts(Append append) {
            return append.expected() instanceof ExpectedPosition.Any;
        }

        private synchronized void carryOut() {
            List<Waiting> now = change.apply(List.copyOf(waiting));
            waiting.clear();
            for (Waiting each : now) {
                if (each.isClear()) {
                    super.clear(each.id());
                } else {
                    super.append(each.id(), each.append().expecting(ExpectedPosition.any()));
                }
            }
        }

        @Override
        public synchronized Receipt append(ConversationId id, Append append) {
            if (away && accepts(append)) {
                waiting.add(new Waiting(id, append, false));
                return new Receipt.Accepted(append.messages());
            }
            return super.append(id, append);
        }

        @Override
        public synchronized ClearReceipt clear(ConversationId id) {
            if (away) {
                waiting.add(new Waiting(id, Append.of(Retention.DEFAULT, Samples.message("none")), true));
                return ClearReceipt.ACCEPTED;
            }
            return super.clear(id);
        }

        @Override
        public ConversationView read(ConversationId id, MessageRange range, Retention retention) {
            return away
                    ? new ConversationView(id, List.of(), 0, null, null, ConversationView.State.DEGRADED, List.of())
                    : super.read(id, range, retention);
        }

        /** The kit asks for it at the end of each outage, and so what waits is stored before anything else is. */
        @Override
        public StoreHealth checkHealth() {
            if (away) {
                return StoreHealth.degraded("keeps what comes");
            }
            carryOut();
            return super.checkHealth();
        }
    }

    static List<Waiting> onlyAppends(List<Waiting> waiting) {
        return waiting.stream().filter(each -> !each.isClear()).toList();
    }

    /** Accepts whatever comes, and stores it whether its condition is met or not. */
    static final class AcceptsConditions extends Accepting {

        AcceptsConditions(InstantSource clock) {
            super(clock, waiting -> waiting);
        }

        @Override
        boolean accepts(Append append) {
            return true;
        }
    }
}
