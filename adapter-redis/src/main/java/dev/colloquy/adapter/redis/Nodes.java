package dev.colloquy.adapter.redis;

import dev.colloquy.domain.error.StoreUnavailable;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.redisson.Redisson;
import org.redisson.api.RFuture;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.client.protocol.RedisCommands;
import org.redisson.client.protocol.decoder.ListScanResult;
import org.redisson.command.CommandAsyncExecutor;
import org.redisson.connection.MasterSlaveEntry;

/**
 * The commands to nodes and not to conversations: PING and SCAN. Redisson's public API has no SCAN with a cursor of one's
 * own, so this asks the executor beneath it.
 */
final class Nodes {

    private final CommandAsyncExecutor commands;
    private final ExecutorService executor;
    private final Duration timeout;

    Nodes(RedissonClient redisson, ExecutorService executor, Duration timeout) {
        if (!(redisson instanceof Redisson client)) {
            throw new IllegalArgumentException("not a client that Redisson.create gave: " + redisson.getClass());
        }
        this.commands = client.getCommandExecutor();
        this.executor = executor;
        this.timeout = timeout;
    }

    /** A part of a scan: the keys, and where to go on, "0" for nowhere. */
    record Scan(List<String> keys, String next) {}

    /** The addresses of the masters, in an order that stays. */
    List<String> masters() {
        return within(() -> entries().stream().map(Nodes::address).toList());
    }

    /** Looks at some more keys of a master. */
    Scan scan(String master, String from, String pattern, int keys) {
        ListScanResult<String> result = await(() -> {
            MasterSlaveEntry entry = entries().stream()
                    .filter(candidate -> address(candidate).equals(master))
                    .findFirst()
                    .orElseThrow(() -> new StoreUnavailable("the Redis cluster is changing", null));
            return commands.writeAsync(
                    entry, StringCodec.INSTANCE, RedisCommands.SCAN, from, "MATCH", pattern, "COUNT", keys);
        });
        return new Scan(List.copyOf(result.getValues()), result.getPos());
    }

    /** Asks each master for a sign of life. */
    void ping() {
        for (String master : masters()) {
            String answer = await(() -> {
                MasterSlaveEntry entry = entries().stream()
                        .filter(candidate -> address(candidate).equals(master))
                        .findFirst()
                        .orElseThrow(() -> new StoreUnavailable("the Redis cluster is changing", null));
                return commands.writeAsync(entry, StringCodec.INSTANCE, RedisCommands.PING);
            });
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

    private static String address(MasterSlaveEntry entry) {
        return entry.getClient().getAddr().toString();
    }

    private <T> T await(Supplier<RFuture<T>> command) {
        return within(() -> command.get().toCompletableFuture().join());
    }

    /** On a thread of its own, because even asking for something asynchronously may block while Redis is away. */
    private <T> T within(Supplier<T> action) {
        CompletableFuture<T> answer = CompletableFuture.supplyAsync(action, executor);
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
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
