package dev.colloquy.benchmarks.contestant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/**
 * (a) The whole conversation as one JSON string: read it, parse it, append, write it back with its expiry. On Jedis
 * with the pool it has by default, or with a larger one.
 */
public final class JedisRewrite implements Contestant {

    private static final TypeReference<List<Entry>> ENTRIES = new TypeReference<>() {};

    private final RedisClient redis;
    private final ObjectMapper json = new ObjectMapper();

    /** A message as it is stored. */
    record Entry(String role, String content) {}

    private JedisRewrite(RedisClient redis) {
        this.redis = redis;
    }

    /** With the pool that Jedis has by default: 8 connections. */
    public static JedisRewrite on(int port) {
        return new JedisRewrite(RedisClient.create("127.0.0.1", port));
    }

    /** With a larger pool. */
    public static JedisRewrite withPool(int port, int connections) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(connections);
        pool.setMaxIdle(connections);
        return new JedisRewrite(RedisClient.builder()
                .hostAndPort("127.0.0.1", port)
                .poolConfig(pool)
                .build());
    }

    @Override
    public void append(String user, Said said) {
        rewrite(user, List.of(said));
    }

    @Override
    public void appendTurn(String user, Said question, Said answer) {
        rewrite(user, List.of(question, answer));
    }

    @Override
    public int readLast(String user, int count) {
        List<Entry> all = parse(redis.get(key(user)));
        return all.subList(Math.max(0, all.size() - count), all.size()).size();
    }

    @Override
    public void seed(String user, List<Said> messages) {
        write(user, messages.stream().map(JedisRewrite::entry).toList());
    }

    @Override
    public void close() {
        redis.close();
    }

    private void rewrite(String user, List<Said> more) {
        List<Entry> all = parse(redis.get(key(user)));
        more.forEach(said -> all.add(entry(said)));
        write(user, all);
    }

    private void write(String user, List<Entry> all) {
        try {
            // What SETEX did; Redis and Jedis both call that one deprecated.
            redis.set(
                    key(user),
                    json.writeValueAsString(all),
                    SetParams.setParams().ex(WEEK));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private List<Entry> parse(@Nullable String stored) {
        try {
            return stored == null ? new ArrayList<>() : json.readValue(stored, ENTRIES);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static Entry entry(Said said) {
        return new Entry(said.byUser() ? "user" : "agent", said.content());
    }

    private static String key(String user) {
        return "rewrite:" + user + ":conversation";
    }
}
