package dev.colloquy.adapter.redis;

import dev.colloquy.domain.error.StoreAccessRefused;
import dev.colloquy.domain.error.StoreFailure;
import dev.colloquy.domain.error.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.BatchOptions;
import org.redisson.api.RFuture;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisConnection;
import org.redisson.client.RedisTimeoutException;
import org.redisson.client.codec.StringCodec;
import org.redisson.client.handler.CommandsQueue;
import org.redisson.client.protocol.CommandData;
import org.redisson.client.protocol.CommandsData;
import org.redisson.client.protocol.QueueCommand;
import org.redisson.client.protocol.QueueCommandHolder;
import org.redisson.client.protocol.RedisCommand;
import org.redisson.client.protocol.RedisCommands;
import org.redisson.client.protocol.decoder.ListScanResult;
import org.redisson.cluster.ClusterNodeInfo;
import org.redisson.command.CommandAsyncExecutor;
import org.redisson.command.CommandBatchService;
import org.redisson.config.NameMapper;
import org.redisson.connection.ClientConnectionsEntry;
import org.redisson.connection.ConnectionsHolder;
import org.redisson.connection.MasterSlaveEntry;
import org.redisson.misc.RedisURI;

/**
 * The nodes themselves: PING, SCAN, what a node says about itself, which of them has a conversation, batches for
 * masters, and connections that do not answer. Redisson's public API has no SCAN with a cursor of one's own, does not
 * tell the master of a key, and reads from replicas if the client is configured so, as it is by default. So this asks the
 * executor beneath it.
 *
 * <p>Safe for any number of threads. What waits for a node throws {@link StoreUnavailable} if it does not answer in time,
 * and after the executor was shut down.
 */
final class Nodes {

    /** How CLUSTER NODES marks a slot whose keys are moving to another node. */
    private static final String GIVEN_AWAY = "->-";

    private static final String PART_MISSING = "a part of the Redis cluster is missing";

    private final CommandAsyncExecutor commands;
    private final NameMapper names;
    private final boolean cluster;
    private final boolean own;
    private final UnconfirmedMaster unconfirmed;
    private final ExecutorService executor;

    /**
     * @param own whether the client is the store's own, so that nobody else has sent anything on its connections
     */
    Nodes(RedissonClient redisson, boolean own, ExecutorService executor) {
        if (!(redisson instanceof Redisson client)) {
            throw new IllegalArgumentException("not a client that Redisson.create gave: " + redisson.getClass());
        }
        this.commands = client.getCommandExecutor();
        this.names = client.getConfig().getNameMapper();
        this.cluster = client.getConfig().isClusterConfig();
        this.own = own;
        this.unconfirmed = own ? UnconfirmedMaster.of(commands.getConnectionManager()) : UnconfirmedMaster.none();
        this.executor = executor;
    }

    /** A part of a scan: the keys, and where to go on, "0" for nowhere. */
    record Scan(List<String> keys, String next) {}

    /**
     * A master of some slots; all of them, outside of a cluster. It stays the same when its replica takes over.
     *
     * @param slots the slots, as the client sees the cluster
     */
    record Master(MasterSlaveEntry entry, BitSet slots) {}

    /**
     * All masters.
     *
     * @param inOrder the one of the lowest slot first
     * @param slots a digest of which of them serves which slots: the same for every client that sees the same cluster, and
     *     after a failover
     */
    record Masters(List<Master> inOrder, String slots) {}

    /**
     * The masters of all slots, as this client sees the cluster, which may lag behind.
     *
     * @throws StoreUnavailable also if a slot has none
     */
    Masters masters(Duration timeout) {
        return within(timeout, this::masters);
    }

    private Masters masters() {
        Map<MasterSlaveEntry, BitSet> slots = new LinkedHashMap<>();
        for (int slot = 0; slot < ClusterSlot.SLOTS; slot++) {
            MasterSlaveEntry entry = commands.getConnectionManager().getEntry(slot);
            if (entry == null) {
                throw new StoreUnavailable("a part of the Redis cluster has no master", null);
            }
            slots.computeIfAbsent(entry, added -> new BitSet()).set(slot);
        }
        List<Master> inOrder = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        slots.forEach((entry, served) -> {
            inOrder.add(new Master(entry, served));
            text.append(Arrays.toString(served.toLongArray()));
        });
        return new Masters(inOrder, Sha1.hex(text.toString()));
    }

    /** To be called before something is sent by the client in another way than by this. */
    void beforeUse() {
        unconfirmed.forgetIfFailed();
    }

    /** Whether the client was told that it talks to a cluster, in which keys may move. */
    boolean isCluster() {
        return cluster;
    }

    /** The name that the client gives to a key. */
    String nameOf(String key) {
        return names.map(key);
    }

    /** The slot of a key in a cluster, under the name that the client gives it. */
    int slotOf(String key) {
        return ClusterSlot.of(nameOf(key));
    }

    /**
     * The master of a key as this client sees the cluster, which may lag behind. May block while it connects.
     *
     * @return something equal for keys of the same master; empty if the slot has none
     */
    Optional<Object> masterOf(String key) {
        return Optional.ofNullable(commands.getConnectionManager().getEntry(slotOf(key)));
    }

    /** Takes commands and sends them together: to the master if one of them goes by its {@code writeAsync}. */
    CommandBatchService batch(BatchOptions options) {
        return commands.createCommandBatchService(options);
    }

    /**
     * Gives up the connections on which the answer is due to something that timed out, if the client is the store's own.
     * The client would hand them out first, and all that is sent on them waits in vain until its pings have found out.
     *
     * @param failure how a call ended, null if well; nothing is to be given up if it did not time out
     */
    void closeUnanswering(@Nullable Throwable failure) {
        if (own && failure instanceof RedisTimeoutException) {
            commands.getConnectionManager().getEntrySet().stream()
                    .flatMap(entry -> entry.getAllEntries().stream())
                    .map(ClientConnectionsEntry::getConnectionsHolder)
                    .forEach(Nodes::closeUnansweringOf);
        }
    }

    private static void closeUnansweringOf(ConnectionsHolder<RedisConnection> pool) {
        for (RedisConnection connection : pool.getAllConnections()) {
            if (isUnanswering(connection)) {
                close(pool, connection);
            }
        }
    }

    /**
     * Out of the pool, if it is free: one that stays in it is connected again, beside the one that the client has made in
     * its place meanwhile.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // Nobody gets it any more, so nobody has to wait.
    private static void close(ConnectionsHolder<RedisConnection> pool, RedisConnection connection) {
        if (pool.remove(connection)) {
            connection.closeAsync();
        } else {
            connection.getChannel().close();
        }
    }

    /** Not the oldest alone: that may be a ping of the client, which waits for longer than a short attempt. */
    private static boolean isUnanswering(RedisConnection connection) {
        return connection.getChannel().attr(CommandsQueue.COMMANDS_QUEUE).get().stream()
                .map(QueueCommandHolder::getCommand)
                .anyMatch(Nodes::hasTimedOut);
    }

    private static boolean hasTimedOut(QueueCommand due) {
        CompletableFuture<?> answer = switch (due) {
            case CommandsData batch -> batch.getPromise();
            case CommandData<?, ?> command -> command.getPromise();
            default -> new CompletableFuture<>();
        };
        return answer.state() == Future.State.FAILED && answer.exceptionNow() instanceof RedisTimeoutException;
    }

    /** Looks at some more keys of a master. The client maps the pattern as it maps keys, and gives them unmapped. */
    Scan scan(Master master, String from, String pattern, int keys, Duration timeout) {
        ListScanResult<String> result = await(
                timeout,
                () -> commands.writeAsync(
                        master.entry(),
                        StringCodec.INSTANCE,
                        RedisCommands.SCAN,
                        from,
                        "MATCH",
                        nameOf(pattern),
                        "COUNT",
                        keys));
        return new Scan(result.getValues().stream().map(names::unmap).toList(), result.getPos());
    }

    /**
     * Which process of Redis a master is at the moment: something else after a restart or a failover, and the same for
     * every client. A server that does not tell is known by the address that the client was given for it.
     *
     * @return letters and digits
     */
    String process(Master master, Duration timeout) {
        Map<String, String> info = within(timeout, () -> serverInfo(master));
        String known = info.get("run_id");
        return Sha1.hex(
                known != null
                        ? known
                        : master.entry().getClient().getConfig().getAddress().toString());
    }

    private Map<String, String> serverInfo(Master master) {
        RFuture<Map<String, String>> info =
                commands.writeAsync(master.entry(), StringCodec.INSTANCE, RedisCommands.INFO_SERVER);
        try {
            return answer(info);
        } catch (CompletionException failure) {
            if (RedisErrors.refusesCommand(failure)) {
                return Map.of();
            }
            throw failure;
        }
    }

    /** Whether a master itself says that it serves the slots that this client believes, and is giving none away. */
    boolean serves(Master master, Duration timeout) {
        if (!cluster) {
            return true;
        }
        List<ClusterNodeInfo> known = await(
                timeout,
                () -> commands.writeAsync(master.entry(), StringCodec.INSTANCE, RedisCommands.REDIS_CLUSTER_NODES));
        return known.stream()
                .filter(node -> node.containsFlag(ClusterNodeInfo.Flag.MYSELF))
                .allMatch(node ->
                        !node.getNodeInfo().contains(GIVEN_AWAY) && slots(node).equals(master.slots()));
    }

    private static BitSet slots(ClusterNodeInfo node) {
        BitSet slots = new BitSet();
        node.getSlotRanges().forEach(range -> slots.set(range.getStartSlot(), range.getEndSlot() + 1));
        return slots;
    }

    /**
     * Asks each master for a sign of life, all at the same time.
     *
     * @return those of a cluster that gave none or let nobody in, while others serve their slots: {@code host:port}
     * @throws StoreUnavailable if none serves anything
     * @throws StoreAccessRefused if none answers and one of them lets nobody in
     */
    List<String> ping(Duration timeout) {
        List<MasterSlaveEntry> masters = within(
                timeout, () -> List.copyOf(commands.getConnectionManager().getEntrySet()));
        Map<MasterSlaveEntry, StoreFailure> silent = new LinkedHashMap<>();
        List<MasterSlaveEntry> answering =
                ask(masters, RedisCommands.PING, "PONG"::equals, "Redis did not answer to PING", silent, timeout);
        boolean isAnyThere = !answering.isEmpty();
        boolean hasAllSlots = !cluster || hasAllSlots();
        if (cluster && (!silent.isEmpty() || !hasAllSlots)) {
            // By default none of them serves anything while a part is missing, and yet each of them answers.
            answering = serving(answering, silent, timeout);
        }
        boolean isAway = answering.isEmpty() || (!cluster && !silent.isEmpty());
        if (isAway) {
            throw isAnyThere ? new StoreUnavailable(PART_MISSING, null) : reason(silent.values());
        }
        Stream<String> unknown = hasAllSlots ? Stream.empty() : Stream.of("one that is not known");
        return Stream.concat(silent.keySet().stream().map(Nodes::address), unknown)
                .toList();
    }

    private List<MasterSlaveEntry> serving(
            List<MasterSlaveEntry> masters, Map<MasterSlaveEntry, StoreFailure> silent, Duration timeout) {
        Map<MasterSlaveEntry, StoreFailure> down = new LinkedHashMap<>();
        List<MasterSlaveEntry> up = ask(masters, RedisCommands.CLUSTER_INFO, Nodes::isUp, PART_MISSING, down, timeout);
        if (down.values().stream().anyMatch(StoreAccessRefused.class::isInstance)) {
            throw new StoreUnavailable(PART_MISSING + ", and perhaps all is down", null);
        }
        silent.putAll(down);
        return up;
    }

    /** What can be mended rather than what may pass by itself. */
    private static StoreFailure reason(Collection<StoreFailure> failures) {
        return failures.stream()
                .filter(StoreAccessRefused.class::isInstance)
                .findFirst()
                .or(() -> failures.stream().findFirst())
                .orElseGet(() -> new StoreUnavailable("no master of Redis can be reached", null));
    }

    private static boolean isUp(Map<String, String> clusterInfo) {
        return "ok".equals(clusterInfo.get("cluster_state"));
    }

    private boolean hasAllSlots() {
        return IntStream.range(0, ClusterSlot.SLOTS)
                .allMatch(slot -> commands.getConnectionManager().getEntry(slot) != null);
    }

    private static String address(MasterSlaveEntry master) {
        RedisURI address = master.getClient().getConfig().getAddress();
        return address.getHost() + ":" + address.getPort();
    }

    /** Asks several masters at the same time; gives those that answer well, and adds the others to the silent ones. */
    private <T> List<MasterSlaveEntry> ask(
            List<MasterSlaveEntry> masters,
            RedisCommand<T> question,
            Predicate<T> isWell,
            String otherwise,
            Map<MasterSlaveEntry, StoreFailure> silent,
            Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        Map<MasterSlaveEntry, CompletableFuture<T>> answers = new LinkedHashMap<>();
        for (MasterSlaveEntry master : masters) {
            answers.put(master, begin(() -> answer(commands.writeAsync(master, StringCodec.INSTANCE, question))));
        }
        List<MasterSlaveEntry> well = new ArrayList<>();
        answers.forEach((master, answer) -> {
            try {
                if (isWell.test(await(answer, Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))))) {
                    well.add(master);
                } else {
                    silent.put(master, new StoreUnavailable(otherwise, null));
                }
            } catch (StoreFailure failure) {
                silent.put(master, failure);
            }
        });
        return well;
    }

    private <T> T await(Duration timeout, Supplier<RFuture<T>> command) {
        return within(timeout, () -> answer(command.get()));
    }

    /** Waits for as long as the client does. */
    private <T> T answer(RFuture<T> command) {
        try {
            return command.toCompletableFuture().join();
        } catch (CompletionException failure) {
            closeUnanswering(failure.getCause());
            throw failure;
        }
    }

    private <T> T within(Duration timeout, Supplier<T> action) {
        return await(begin(action), timeout);
    }

    /** On a thread of its own, because even asking for something asynchronously may block while Redis is away. */
    private <T> CompletableFuture<T> begin(Supplier<T> action) {
        beforeUse();
        try {
            return CompletableFuture.supplyAsync(action, executor);
        } catch (RejectedExecutionException closed) {
            throw new StoreUnavailable("the store is closed", null);
        }
    }

    private static <T> T await(CompletableFuture<T> answer, Duration timeout) {
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
