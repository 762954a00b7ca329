package dev.colloquy.adapter.redis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A Redis Cluster of three masters and three replicas on free ports of 127.0.0.1. Starting one takes a second or two,
 * so tests that leave it as it was share {@link #shared()}; a test that kills or moves something starts its own.
 */
public final class RedisCluster implements AutoCloseable {

    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;

    private static final class Shared {
        static final RedisCluster INSTANCE = start();
    }

    private final List<RedisServer> nodes;

    private RedisCluster(List<RedisServer> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    /** The one that all tests of this JVM share; it is never closed and dies with the JVM. */
    public static RedisCluster shared() {
        return Shared.INSTANCE;
    }

    /** Starts a cluster of one's own; returns when every node says that the cluster is well. */
    public static RedisCluster start() {
        List<RedisServer> nodes = new ArrayList<>();
        try {
            List<Integer> busPorts = new ArrayList<>();
            for (int i = 0; i < 2 * MASTERS; i++) {
                int busPort = RedisMachine.get().freePort();
                busPorts.add(busPort);
                nodes.add(RedisServer.builder()
                        .set("cluster-enabled", "yes")
                        .set("cluster-port", Integer.toString(busPort))
                        .set("cluster-announce-ip", "127.0.0.1")
                        .set("cluster-node-timeout", "1000")
                        .set("cluster-replica-validity-factor", "0")
                        .set("repl-diskless-sync-delay", "0")
                        .start());
            }
            RedisCluster cluster = new RedisCluster(nodes);
            cluster.join(busPorts);
            return cluster;
        } catch (IOException failed) {
            nodes.forEach(RedisServer::close);
            throw new UncheckedIOException(failed);
        } catch (RuntimeException failed) {
            nodes.forEach(RedisServer::close);
            throw failed;
        }
    }

    /** All nodes: first the three that began as masters, then their replicas in the same order. */
    public List<RedisServer> nodes() {
        return nodes;
    }

    /** The addresses of the masters as one URL of the form {@code redis+cluster://host:port,host:port}. */
    public String url() {
        List<String> addresses = new ArrayList<>();
        for (RedisServer node : nodes.subList(0, MASTERS)) {
            addresses.add(node.host() + ":" + node.port());
        }
        return "redis+cluster://" + String.join(",", addresses);
    }

    /** The node that is the master of a key's slot at the moment. */
    public RedisServer masterOf(String key) {
        long slot = Long.parseLong(String.valueOf(nodes.getFirst().call("CLUSTER", "KEYSLOT", key)));
        for (RedisServer node : nodes) {
            for (String line : clusterNodes(node)) {
                if (line.contains("myself,master") && owns(line, slot)) {
                    return node;
                }
            }
        }
        throw new IllegalStateException("no master of slot " + slot);
    }

    /** One of the three that began as masters, but not this one. */
    public RedisServer masterOtherThan(RedisServer node) {
        return nodes.subList(0, MASTERS).stream()
                .filter(master -> master != node)
                .findFirst()
                .orElseThrow();
    }

    /** From now on each master serves its slots also while another one is missing. */
    public void servePartly() {
        nodes.forEach(node -> node.call("CONFIG", "SET", "cluster-require-full-coverage", "no"));
    }

    /** Kills the replica of a master, so that nobody takes over from it. */
    public void killReplicaOf(RedisServer master) {
        nodes.get(nodes.indexOf(master) + MASTERS).kill();
    }

    /** From now on the slot moves: for keys that are not there any more its master sends clients to the other one (ASK). */
    public static void beginMove(String slot, RedisServer from, RedisServer to) {
        to.call("CLUSTER", "SETSLOT", slot, "IMPORTING", id(from));
        from.call("CLUSTER", "SETSLOT", slot, "MIGRATING", id(to));
    }

    /** From now on the slot is the other master's (MOVED). */
    public static void finishMove(String slot, RedisServer from, RedisServer to) {
        to.call("CLUSTER", "SETSLOT", slot, "NODE", id(to));
        from.call("CLUSTER", "SETSLOT", slot, "NODE", id(to));
    }

    private static String id(RedisServer node) {
        return String.valueOf(node.call("CLUSTER", "MYID"));
    }

    /**
     * Lets the replica of a master take over; returns when it has. The master lives on as its replica.
     *
     * @param master one of the three that began as masters, and still is one
     */
    public void failOver(RedisServer master) {
        RedisServer replica = nodes.get(nodes.indexOf(master) + MASTERS);
        replica.call("CLUSTER", "FAILOVER");
        if (!Poll.until(() -> clusterNodes(replica).stream().anyMatch(line -> line.contains("myself,master")))) {
            throw new IllegalStateException("the replica did not take over in time");
        }
    }

    /** Removes all data. */
    public void flush() {
        for (RedisServer node : nodes) {
            if (String.valueOf(node.call("INFO", "replication")).contains("role:master")) {
                node.call("FLUSHALL");
            }
        }
    }

    /** Kills all nodes. */
    @Override
    public void close() {
        nodes.forEach(RedisServer::close);
    }

    private void join(List<Integer> busPorts) {
        for (int i = 0; i < MASTERS; i++) {
            int first = i * SLOTS / MASTERS;
            int last = (i + 1) * SLOTS / MASTERS - 1;
            nodes.get(i).call("CLUSTER", "ADDSLOTSRANGE", Integer.toString(first), Integer.toString(last));
        }
        for (int i = 0; i < nodes.size(); i++) {
            RedisServer node = nodes.get(i);
            node.call("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
            String busPort = Integer.toString(busPorts.get(i));
            nodes.getFirst().call("CLUSTER", "MEET", node.host(), Integer.toString(node.port()), busPort);
        }
        await(
                "all nodes know each other",
                node -> clusterNodes(node).stream()
                                .filter(line -> !line.contains("handshake"))
                                .count()
                        == nodes.size());
        for (int i = MASTERS; i < nodes.size(); i++) {
            nodes.get(i).call("CLUSTER", "REPLICATE", id(nodes.get(i - MASTERS)));
        }
        await("the cluster is complete", RedisCluster::isComplete);
    }

    private static boolean isComplete(RedisServer node) {
        boolean ok = String.valueOf(node.call("CLUSTER", "INFO")).contains("cluster_state:ok");
        String replication = String.valueOf(node.call("INFO", "replication"));
        long replicas = clusterNodes(node).stream()
                .filter(line -> line.contains("slave"))
                .count();
        return ok
                && replicas == MASTERS
                && (replication.contains("master_link_status:up") || replication.contains("connected_slaves:1"));
    }

    private interface Check {
        boolean holdsFor(RedisServer node);
    }

    private void await(String what, Check check) {
        if (!Poll.until(() -> nodes.stream().allMatch(check::holdsFor))) {
            throw new IllegalStateException("not in time: " + what);
        }
    }

    private static List<String> clusterNodes(RedisServer node) {
        return String.valueOf(node.call("CLUSTER", "NODES")).lines().toList();
    }

    private static boolean owns(String line, long slot) {
        String[] words = line.split(" ", -1);
        for (int i = 8; i < words.length; i++) {
            String[] range = words[i].split("-", -1);
            if (!words[i].startsWith("[")
                    && Long.parseLong(range[0]) <= slot
                    && slot <= Long.parseLong(range[range.length - 1])) {
                return true;
            }
        }
        return false;
    }
}
