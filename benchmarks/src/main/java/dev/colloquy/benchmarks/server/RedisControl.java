package dev.colloquy.benchmarks.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** What the harness itself asks of the Redis under test, on a connection of its own. For one thread. */
public final class RedisControl implements AutoCloseable {

    private static final int LONGEST_PIPELINE = 500;

    private final Jedis connection;

    /** Connects to the Redis at that port of this machine. */
    public RedisControl(int port) {
        connection = new Jedis("127.0.0.1", port, 60_000);
    }

    /** Removes all data. */
    public void empty() {
        connection.flushAll();
    }

    /** Copies every key that names one user to the same key with another user in its place, expiry included. */
    public void copyUser(String from, List<String> to) {
        List<String> keys = keysNaming(from);
        if (keys.isEmpty()) {
            throw new IllegalStateException("no key names " + from);
        }
        List<String[]> copies = new ArrayList<>();
        to.forEach(user -> keys.forEach(key -> copies.add(new String[] {key, key.replace(from, user)})));
        for (int done = 0; done < copies.size(); done += LONGEST_PIPELINE) {
            Pipeline pipeline = connection.pipelined();
            copies.subList(done, Math.min(copies.size(), done + LONGEST_PIPELINE))
                    .forEach(copy -> pipeline.copy(copy[0], copy[1], true));
            pipeline.sync();
        }
    }

    /** A section of {@code INFO}, by field. */
    public Map<String, String> info(String section) {
        return Arrays.stream(connection.info(section).split("\r\n", -1))
                .filter(line -> line.contains(":"))
                .map(line -> line.split(":", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (first, second) -> first));
    }

    /** A number of {@code INFO}. */
    public long number(String section, String field) {
        return Long.parseLong(info(section).getOrDefault(field, "0"));
    }

    @Override
    public void close() {
        connection.close();
    }

    private List<String> keysNaming(String user) {
        List<String> keys = new ArrayList<>();
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<String> page = connection.scan(
                    cursor, new ScanParams().match("*" + user + "*").count(1000));
            keys.addAll(page.getResult());
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return keys;
    }
}
