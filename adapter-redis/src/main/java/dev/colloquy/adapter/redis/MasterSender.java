package dev.colloquy.adapter.redis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Sends the calls of a lane to the masters of a cluster, to each its own. Redisson would take them all as one batch, and
 * fail the calls to every master as soon as one master fails.
 */
final class MasterSender implements Lane.Sender {

    private final Lane.Sender sender;
    private final Function<String, Optional<Object>> masters;

    /**
     * @param sender sends to one master
     * @param masters the master of a key, if there is one
     */
    MasterSender(Lane.Sender sender, Function<String, Optional<Object>> masters) {
        this.sender = sender;
        this.masters = masters;
    }

    @Override
    public void send(List<Call> calls, boolean answered, Consumer<Boolean> over) {
        Collection<List<Call>> parts;
        try {
            parts = byMaster(calls);
        } catch (RuntimeException unknown) {
            over.accept(false);
            calls.forEach(call -> call.reply().completeExceptionally(unknown));
            return;
        }
        Consumer<Boolean> partOver = whenAll(parts.size(), over);
        parts.forEach(part -> sender.send(part, answered, partOver));
    }

    private Collection<List<Call>> byMaster(List<Call> calls) {
        Map<Optional<Object>, List<Call>> parts = new LinkedHashMap<>();
        for (Call call : calls) {
            parts.computeIfAbsent(masters.apply(call.key()), any -> new ArrayList<>())
                    .add(call);
        }
        return parts.values();
    }

    private static Consumer<Boolean> whenAll(int parts, Consumer<Boolean> over) {
        AtomicInteger left = new AtomicInteger(parts);
        AtomicBoolean all = new AtomicBoolean(true);
        return came -> {
            if (!came) {
                all.set(false);
            }
            if (left.decrementAndGet() == 0) {
                over.accept(all.get());
            }
        };
    }
}
