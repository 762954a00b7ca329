package dev.colloquy.adapter.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.redisson.client.RedisException;

/** A command that runs a script once, for one call or for several that join. Not safe for threads while it is filled. */
final class Command {

    /** More would keep the server from others for too long: each takes it up to 10 µs. */
    private static final int MOST_MESSAGES = 64;

    /** What lies above it travels alone: some servers limit the size of a request. */
    private static final long MOST_BYTES = 1 << 16;

    /** With fewer it is cheaper to wake them than to start a thread for it. */
    private static final int WORTH_A_THREAD = 4;

    /**
     * Before JDK 24 a virtual thread that waits within a synchronized block keeps its carrier (JEP 491). If all carriers
     * were kept by callers, none would be left for the thread that is to wake them.
     */
    private static final boolean WAITING_LEAVES_CARRIERS = Runtime.version().feature() >= 24;

    private final List<ScriptCall> calls = new ArrayList<>();
    private long bytes;
    private boolean full;
    private boolean allVirtual = true;
    private volatile boolean answered;

    private Command(ScriptCall call) {
        add(call);
    }

    /** One command for neighbours that join; a call that does not join the open command begins the next. */
    static List<Command> joined(List<ScriptCall> calls) {
        List<Command> commands = new ArrayList<>();
        Command open = null;
        for (ScriptCall call : calls) {
            if (open != null && open.takes(call)) {
                open.add(call);
                continue;
            }
            Command next = new Command(call);
            commands.add(next);
            if (call.script().joins()) {
                open = next;
            }
        }
        return commands;
    }

    /** One command for each call. */
    static List<Command> single(List<ScriptCall> calls) {
        return calls.stream().map(Command::new).toList();
    }

    private boolean takes(ScriptCall call) {
        return (calls.size() + 1) * call.messages().size() <= MOST_MESSAGES
                && bytes + call.size() <= MOST_BYTES
                && calls.getFirst().joins(call);
    }

    private void add(ScriptCall call) {
        calls.add(call);
        bytes += call.size();
        full |= call.full();
        allVirtual &= call.virtualCaller();
    }

    /** Whether its answer has come, so that each call has one or will have it. */
    boolean isAnswered() {
        return answered;
    }

    /** Whether it has failed as a whole. */
    boolean hasFailed() {
        return !answered && calls.getFirst().reply().isCompletedExceptionally();
    }

    List<ScriptCall> calls() {
        return calls;
    }

    Script.Text text() {
        return calls.getFirst().text();
    }

    /** Whether the server has to be told the script first. */
    boolean full() {
        return full;
    }

    /**
     * The keys as the server knows them. In bytes: for a text the client takes a buffer from its pool and watches whether
     * that comes back.
     *
     * @param nameOf the name that the client gives to a key
     */
    List<Object> keys(UnaryOperator<String> nameOf) {
        List<Object> keys = new ArrayList<>(calls.size());
        for (ScriptCall call : calls) {
            keys.add(nameOf.apply(call.key()).getBytes(UTF_8));
        }
        return keys;
    }

    Object[] arguments() {
        List<Object> arguments = new ArrayList<>(calls.size() + 2);
        ScriptCall first = calls.getFirst();
        long earliest = first.latest();
        for (ScriptCall call : calls) {
            earliest = Math.min(earliest, call.latest());
        }
        String header = first.script().writes() ? earliest + " " + first.header() : first.header();
        arguments.add(header.getBytes(US_ASCII));
        for (ScriptCall call : calls) {
            arguments.addAll(call.messages());
        }
        if (calls.size() > 1 && first.script().writes()) {
            arguments.add(spare(earliest).getBytes(US_ASCII));
        }
        return arguments.toArray();
    }

    /** By how many ms each call may begin later than the first of them may. */
    private String spare(long earliest) {
        StringBuilder spare = new StringBuilder();
        for (ScriptCall call : calls) {
            spare.append(call.latest() - earliest).append(' ');
        }
        return spare.toString();
    }

    /**
     * Hands each call its answer, perhaps a little later. If that cannot be done, because the answer cannot be understood or
     * for any other reason, every call without an answer learns why.
     *
     * <p>Virtual threads are woken by one of them, which puts them into the queue of the thread that carries it. Woken from
     * here, each would go through a queue for strangers, and mostly wake a carrier besides.
     */
    void answer(List<Object> items) {
        answered = true;
        if (WAITING_LEAVES_CARRIERS && allVirtual && calls.size() >= WORTH_A_THREAD) {
            try {
                Thread.startVirtualThread(() -> handOutOrFail(items));
                return;
            } catch (RuntimeException | Error noThread) {
                // Then from here.
            }
        }
        handOutOrFail(items);
    }

    private void handOutOrFail(List<Object> items) {
        try {
            handOut(items);
        } catch (RuntimeException | Error failure) {
            fail(failure);
        }
    }

    private void handOut(List<Object> items) {
        Reply whole = Reply.of(items);
        if (!calls.getFirst().script().joins() || whole.isLate()) {
            calls.getFirst().reply().complete(whole);
            return;
        }
        if (items.size() != calls.size() + 1) {
            throw new IllegalStateException(items.size() + " answers to " + calls.size() + " calls and the time");
        }
        long millis = (Long) items.getLast();
        for (int i = 0; i < calls.size(); i++) {
            Reply reply = Reply.of(items.get(i), millis);
            if (reply.hasFailed()) {
                calls.get(i).reply().completeExceptionally(new RedisException(reply.text(0)));
            } else {
                calls.get(i).reply().complete(reply);
            }
        }
    }

    void fail(Throwable failure) {
        calls.forEach(call -> call.reply().completeExceptionally(failure));
    }
}
