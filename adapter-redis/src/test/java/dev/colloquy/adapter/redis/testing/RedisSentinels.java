package dev.colloquy.adapter.redis.testing;

import java.util.ArrayList;
import java.util.List;

/**
 * One master, one replica and three sentinels on free ports of 127.0.0.1, which replace a dead master within two or
 * three seconds.
 */
public final class RedisSentinels implements AutoCloseable {

    /** The name under which the sentinels watch the master. */
    public static final String MASTER = "mymaster";

    private static final int SENTINELS = 3;

    private final List<RedisServer> servers;
    private final List<RedisServer> sentinels;

    private RedisSentinels(List<RedisServer> servers, List<RedisServer> sentinels) {
        this.servers = servers;
        this.sentinels = sentinels;
    }

    /** Starts the group; returns when the sentinels know each other and the replica. */
    public static RedisSentinels start() {
        RedisServer master = server().start();
        RedisServer replica =
                server().set("replicaof", "127.0.0.1 " + master.port()).start();
        List<RedisServer> sentinels = new ArrayList<>();
        for (int i = 0; i < SENTINELS; i++) {
            sentinels.add(RedisServer.builder()
                    .sentinel()
                    .set("sentinel monitor", MASTER + " 127.0.0.1 " + master.port() + " 2")
                    .set("sentinel down-after-milliseconds", MASTER + " 500")
                    .set("sentinel failover-timeout", MASTER + " 3000")
                    .start());
        }
        RedisSentinels group = new RedisSentinels(List.of(master, replica), List.copyOf(sentinels));
        if (!Poll.until(group::isComplete)) {
            group.close();
            throw new IllegalStateException("the sentinels did not find each other in time");
        }
        return group;
    }

    private static RedisServer.Builder server() {
        return RedisServer.builder().set("repl-diskless-sync-delay", "0").set("replica-announce-ip", "127.0.0.1");
    }

    /** The address in the form {@code redis+sentinel://host:port,host:port/mymaster}. */
    public String url() {
        List<String> addresses = new ArrayList<>();
        for (RedisServer sentinel : sentinels) {
            addresses.add(sentinel.host() + ":" + sentinel.port());
        }
        return "redis+sentinel://" + String.join(",", addresses) + "/" + MASTER;
    }

    /** The server that the sentinels take for the master at the moment. */
    public RedisServer master() {
        long port = masterPort();
        return servers.stream()
                .filter(server -> server.port() == port)
                .findFirst()
                .orElseThrow();
    }

    /**
     * Kills the master and waits until another server has taken over.
     *
     * @return the killed one, which may be restarted
     */
    public RedisServer failOver() {
        RedisServer old = master();
        old.kill();
        if (!Poll.until(() -> masterPort() != old.port() && isMaster(master()))) {
            throw new IllegalStateException("no new master in time");
        }
        return old;
    }

    /** Kills everything. */
    @Override
    public void close() {
        sentinels.forEach(RedisServer::close);
        servers.forEach(RedisServer::close);
    }

    private static boolean isMaster(RedisServer server) {
        return String.valueOf(server.call("INFO", "replication")).contains("role:master");
    }

    private long masterPort() {
        try (RawRedis sentinel = sentinels.getFirst().connect()) {
            return Long.parseLong(
                    sentinel.list("SENTINEL", "get-master-addr-by-name", MASTER).get(1));
        }
    }

    private boolean isComplete() {
        return sentinels.stream().allMatch(server -> {
            String info = String.valueOf(server.call("INFO", "sentinel"));
            return info.contains("slaves=1,sentinels=" + SENTINELS);
        });
    }
}
