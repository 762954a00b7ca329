package dev.colloquy.adapter.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.redisson.api.BatchOptions;
import org.redisson.api.RBatch;
import org.redisson.api.RFuture;
import org.redisson.api.RScript;
import org.redisson.api.RScriptAsync;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.ByteArrayCodec;

/** Sends calls as one Redisson batch, in which each has its own answer or error. */
final class BatchSender implements Lane.Sender {

    private final RedissonClient redisson;
    private final BatchOptions options;
    private final RedisListener listener;

    BatchSender(RedissonClient redisson, Duration responseTimeout, RedisListener listener) {
        this.redisson = redisson;
        this.listener = listener;
        // Redisson would resend the whole batch after a timeout. Here each caller repeats its own call.
        this.options = BatchOptions.defaults()
                .executionMode(BatchOptions.ExecutionMode.IN_MEMORY)
                .retryAttempts(0)
                .responseTimeout(responseTimeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public CompletionStage<?> send(List<ScriptCall> calls) {
        try {
            listener.sent(calls.size());
            RBatch batch = redisson.createBatch(options);
            RScriptAsync scripts = batch.getScript(ByteArrayCodec.INSTANCE);
            calls.forEach(call -> add(scripts, call));
            return batch.executeAsync()
                    .toCompletableFuture()
                    .whenComplete((done, failure) -> calls.forEach(call -> finish(call, failure)));
        } catch (RuntimeException failure) {
            calls.forEach(call -> call.result().completeExceptionally(failure));
            return CompletableFuture.failedFuture(failure);
        }
    }

    private static void add(RScriptAsync scripts, ScriptCall call) {
        if (call.full()) {
            // Not with EVAL, which Redisson may turn into EVALSHA on its own.
            scripts.scriptLoadAsync(call.key(), call.script().source()).whenComplete((sha1, failure) -> {
                if (failure != null) {
                    call.result().completeExceptionally(failure);
                }
            });
        }
        RFuture<List<Object>> answer = scripts.evalShaAsync(
                RScript.Mode.READ_WRITE,
                call.script().sha1(),
                RScript.ReturnType.LIST,
                List.of(call.key()),
                call.arguments().toArray());
        answer.whenComplete((result, failure) -> {
            if (failure == null) {
                call.result().complete(result);
            } else {
                call.result().completeExceptionally(failure);
            }
        });
    }

    private static void finish(ScriptCall call, @Nullable Throwable failure) {
        if (!call.result().isDone()) {
            call.result()
                    .completeExceptionally(failure != null ? failure : new IllegalStateException("no answer came"));
        }
    }
}
