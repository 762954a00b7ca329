package dev.colloquy.adapter.redis;

import dev.colloquy.domain.error.StoreUnavailable;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.redisson.Redisson;
import org.redisson.api.BatchOptions;
import org.redisson.api.RFuture;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.client.protocol.RedisCommands;
import org.redisson.client.protocol.decoder.ListScanResult;
import org.redisson.command.CommandAsyncExecutor;
import org.redisson.command.CommandBatchService;
import org.redisson.connection.MasterSlaveEntry;

/**
 * The nodes themselves: PING and SCAN, which of them has a conversation, and batches for masters. Redisson's public API
 * has no SCAN with a cursor of one's own, does not tell the master of a key, and reads from replicas if the client is
 * configured so, as it is by default. So this asks the executor beneath it.
 *
 * <p>Safe for any number of threads. What waits for a node throws {@link StoreUnavailable} if it does not answer in time,
 * and after the executor was shut down.
 */
final class Nodes {

    private final CommandAsyncExecutor commands;
    private final ExecutorService executor;

    Nodes(RedissonClient redisson, ExecutorService executor) {
        if (!(redisson instanceof Redisson client)) {
            throw new IllegalArgumentException("not a client that Redisson.create gave: " + redisson.getClass());
        }
        this.commands = client.getCommandExecutor();
        this.executor = executor;
    }

    /** A part of a scan: the keys, and where to go on, "0" for nowhere. */
    record Scan(List<String> keys, String next) {}

    /** The addresses of the masters, in an order that stays. */
    List<String> masters(Duration timeout) {
        return within(timeout, () -> entries().stream().map(Nodes::address).toList());
    }

    /**
     * The master of a key as this client sees the cluster, which may lag behind. May block while it connects.
     *
     * @return something equal for keys of the same master; empty if the slot has none
     */
    Optional<Object> masterOf(String key) {
        return Optional.ofNullable(commands.getConnectionManager().getEntry(ClusterSlot.of(key)));
    }

    /** Takes commands and sends them together: to the master if one of them goes by its {@code writeAsync}. */
    CommandBatchService batch(BatchOptions options) {
        return commands.createCommandBatchService(options);
    }

    /** Looks at some more keys of a master. */
    Scan scan(String master, String from, String pattern, int keys, Duration timeout) {
        ListScanResult<String> result = await(
                timeout,
                () -> commands.writeAsync(
                        entry(master),
                        StringCodec.INSTANCE,
                        RedisCommands.SCAN,
                        from,
                        "MATCH",
                        pattern,
                        "COUNT",
                        keys));
        return new Scan(List.copyOf(result.getValues()), result.getPos());
    }

    /** Asks each master for a sign of life. */
    void ping(Duration timeout) {
        for (String master : masters(timeout)) {
            String answer =
                    await(timeout, () -> commands.writeAsync(entry(master), StringCodec.INSTANCE, RedisCommands.PING));
            if (!"PONG".equals(answer)) {
                throw new StoreUnavailable("Redis did not answer to PING", null);
            }
        }
    }

    private List<MasterSlaveEntry> entries() {
        return commands.getConnectionManager().getEntrySet().stream()
                .sorted(Comparator.comparing(Nodes::address))
                .toList();
    }

    private MasterSlaveEntry entry(String master) {
        return entries().stream()
                .filter(candidate -> address(candidate).equals(master))
                .findFirst()
                .orElseThrow(() -> new StoreUnavailable("the Redis cluster is changing", null));
    }

    private static String address(MasterSlaveEntry entry) {
        return entry.getClient().getAddr().toString();
    }

    private <T> T await(Duration timeout, Supplier<RFuture<T>> command) {
        return within(timeout, () -> command.get().toCompletableFuture().join());
    }

    /** On a thread of its own, because even asking for something asynchronously may block while Redis is away. */
    private <T> T within(Duration timeout, Supplier<T> action) {
        try {
            CompletableFuture<T> answer = CompletableFuture.supplyAsync(action, executor);
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            throw new StoreUnavailable("the store is closed", null);
        } catch (ExecutionException failed) {
            throw RedisErrors.translate(failed);
        } catch (TimeoutException late) {
            throw new StoreUnavailable("Redis did not answer in time", null);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("interrupted while waiting for Redis", null);
        }
    }
}
