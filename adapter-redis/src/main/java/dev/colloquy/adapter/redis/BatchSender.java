package dev.colloquy.adapter.redis;

import dev.colloquy.domain.error.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.redisson.RedissonScript;
import org.redisson.api.BatchOptions;
import org.redisson.api.RFuture;
import org.redisson.api.RScript;
import org.redisson.api.RScriptAsync;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.OptionalOptions;
import org.redisson.client.RedisRedirectException;
import org.redisson.client.RedisRetryException;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.protocol.RedisCommand;
import org.redisson.client.protocol.RedisCommands;
import org.redisson.command.CommandAsyncExecutor;
import org.redisson.command.CommandBatchService;

/**
 * Sends calls to one server: those that join as one command, several commands as one Redisson batch. Each call has its
 * own answer. Redisson would resend after a timeout; here it must not, each caller repeats its own call.
 *
 * <p>Redisson gives a command of a batch no answer if that says to ask again, or somewhere else. The whole batch fails
 * then, with the first error in it, which may be what another command was refused for. That is not handed on to those
 * without an answer: they would not be repeated.
 *
 * <p>Redisson lets single commands share a connection, and gives each batch one of its own until it is answered. So
 * after a failure a single command travels as a batch too: a connection that has died must not take the next ones along.
 *
 * <p>Everything goes to a master, whatever the client's read mode. A replica lags behind.
 */
final class BatchSender implements Lane.Sender {

    /** In small letters, for what is named EVAL the client turns into EVALSHA if it thinks that the server knows the script. */
    private static final RedisCommand<List<Object>> EVAL = new RedisCommand<>(RedisCommands.EVAL_LIST, "eval");

    private final Nodes nodes;
    private final RScriptAsync alone;
    private final BatchOptions together;
    private final RedisListener listener;
    /** Whether the server takes commands about several keys. */
    private volatile boolean joins;

    BatchSender(RedissonClient redisson, Nodes nodes, Duration responseTimeout, RedisListener listener) {
        this.nodes = nodes;
        this.listener = listener;
        this.joins = !nodes.isCluster();
        this.alone = redisson.getScript(OptionalOptions.defaults()
                .codec(ByteArrayCodec.INSTANCE)
                .retryAttempts(0)
                .timeout(responseTimeout));
        this.together = BatchOptions.defaults()
                .executionMode(BatchOptions.ExecutionMode.IN_MEMORY)
                .retryAttempts(0)
                .responseTimeout(responseTimeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void send(List<Call> calls, boolean answered, Consumer<Boolean> over) {
        List<ScriptCall> scripts = new ArrayList<>();
        List<ListCall> lists = new ArrayList<>();
        for (Call call : calls) {
            switch (call) {
                case ScriptCall script -> scripts.add(script);
                case ListCall list -> lists.add(list);
            }
        }
        List<Command> commands = joins ? Command.joined(scripts) : Command.single(scripts);
        boolean single = lists.isEmpty() && commands.size() == 1;
        boolean shared = answered && single && !commands.getFirst().full();
        try {
            listener.sent(calls.size());
            if (shared) {
                Command command = commands.getFirst();
                run(alone, command)
                        .whenComplete((items, failure) -> end(
                                failure,
                                () -> finish(
                                        commands, lists, failure, over, () -> hand(command, true, items, failure))));
            } else {
                batch(commands, lists, single)
                        .whenComplete((done, failure) ->
                                end(failure, () -> finish(commands, lists, failure, over, () -> {})));
            }
        } catch (RuntimeException failure) {
            finish(commands, lists, failure, over, () -> {});
        }
    }

    private CompletionStage<?> batch(List<Command> commands, List<ListCall> lists, boolean single) {
        CommandBatchService batch = nodes.batch(together);
        RScriptAsync scripts = new RedissonScript(batch, ByteArrayCodec.INSTANCE);
        for (Command command : commands) {
            RFuture<List<Object>> answer = command.full() ? runSource(batch, command) : run(scripts, command);
            answer.whenComplete((items, failure) -> hand(command, single, items, failure));
        }
        lists.forEach(call -> read(batch, call));
        return batch.executeAsync();
    }

    /**
     * The length first. An append in between then shows: the last message has a number that is higher than the length.
     * Asked for as if it wrote something, because Redisson may take a batch that does not to a replica.
     */
    private void read(CommandAsyncExecutor batch, ListCall call) {
        String key = nodes.nameOf(call.key());
        int from = call.count() == ListCall.ALL ? 0 : -call.count();
        RFuture<Integer> length = batch.writeAsync(key, ByteArrayCodec.INSTANCE, RedisCommands.LLEN_INT, key);
        RFuture<List<byte[]>> elements =
                batch.writeAsync(key, ByteArrayCodec.INSTANCE, RedisCommands.LRANGE, key, from, -1);
        RFuture<Long> timeToLive = batch.writeAsync(key, ByteArrayCodec.INSTANCE, RedisCommands.PTTL, key);
        length.thenCombine(elements, (size, items) -> new ListCall.Answer(size, items, 0))
                .thenCombine(timeToLive, (answer, millis) -> answer.living(millis))
                .whenComplete((answer, failure) -> {
                    if (failure == null) {
                        call.reply().complete(answer);
                    } else {
                        Throwable cause = failure.getCause();
                        call.reply().completeExceptionally(cause != null ? cause : failure);
                    }
                });
    }

    /** Not behind a SCRIPT LOAD: while a slot moves, that would be carried out by another server than the command. */
    private RFuture<List<Object>> runSource(CommandAsyncExecutor batch, Command command) {
        List<Object> keys = command.keys(nodes::nameOf);
        List<Object> parameters = new ArrayList<>();
        parameters.add(command.text().source());
        parameters.add(keys.size());
        parameters.addAll(keys);
        parameters.addAll(List.of(command.arguments()));
        String key = nodes.nameOf(command.calls().getFirst().key());
        return batch.writeAsync(key, ByteArrayCodec.INSTANCE, EVAL, parameters.toArray());
    }

    private RFuture<List<Object>> run(RScriptAsync scripts, Command command) {
        return scripts.evalShaAsync(
                command.calls().getFirst().key(),
                RScript.Mode.READ_WRITE,
                command.text().sha1(),
                RScript.ReturnType.LIST,
                command.keys(nodes::nameOf),
                command.arguments());
    }

    /** @param single whether no other command travelled with this one, so that a failure is its own */
    private void hand(Command command, boolean single, List<Object> items, @Nullable Throwable failure) {
        if (failure == null) {
            command.answer(items);
            return;
        }
        if (RedisErrors.refusesSeveralSlots(failure)) {
            joins = false;
        }
        command.fail(single && RedisErrors.refusesScript(failure) ? new NotRun(failure) : failure);
    }

    /** A connection that does not answer is given up first: the lane's next batch would be sent on it. */
    private void end(@Nullable Throwable failure, Runnable finish) {
        try {
            nodes.closeUnanswering(failure);
        } finally {
            finish.run();
        }
    }

    /**
     * Hands out what is left to hand out, and sees to it that no call stays without an answer. The lane first: waking a
     * hundred callers takes longer than sending off those that wait.
     */
    private static void finish(
            List<Command> commands,
            List<ListCall> lists,
            @Nullable Throwable failure,
            Consumer<Boolean> over,
            Runnable handOut) {
        try {
            over.accept(failure == null);
        } finally {
            handOut.run();
            boolean isComplete = commands.stream().allMatch(Command::isAnswered)
                    && lists.stream().allMatch(call -> call.reply().isDone());
            if (!isComplete) {
                failRest(commands, lists, reason(commands, lists, failure));
            }
        }
    }

    private static void failRest(List<Command> commands, List<ListCall> lists, Throwable reason) {
        for (Command command : commands) {
            if (!command.isAnswered()) {
                command.fail(reason);
            }
        }
        lists.forEach(call -> call.reply().completeExceptionally(reason));
    }

    /** Why those calls that have no answer of their own have none. */
    private static Throwable reason(List<Command> commands, List<ListCall> lists, @Nullable Throwable failure) {
        boolean mayPass = failure instanceof RedisRetryException || failure instanceof RedisRedirectException;
        boolean perhapsOfOne = commands.stream().anyMatch(Command::hasFailed)
                || lists.stream().anyMatch(call -> call.reply().isCompletedExceptionally());
        return failure != null && (mayPass || !perhapsOfOne)
                ? failure
                : new StoreUnavailable("Redis gave no answer of its own to this call", null);
    }
}
