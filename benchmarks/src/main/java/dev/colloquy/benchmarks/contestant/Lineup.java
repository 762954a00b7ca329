package dev.colloquy.benchmarks.contestant;

/** Everybody who can take part, and under which name. */
public enum Lineup {
    /** Ours. */
    COLLOQUY("Colloquy"),
    /** Ours, with callers that give their messages ids, so that they can repeat a call. */
    COLLOQUY_WITH_IDS("Colloquy, ids of the caller's own"),
    /** Ours, in memory. */
    COLLOQUY_IN_MEMORY("Colloquy, in memory"),
    /** Jedis as it comes. */
    JEDIS("Jedis, rewrite everything"),
    /** Jedis with a connection for each of the most callers that there are. */
    JEDIS_LARGE_POOL("Jedis, rewrite, 256 connections"),
    /** LangChain4j. */
    LANGCHAIN4J("LangChain4j, window of 20"),
    /** Redisson as it comes. */
    REDISSON_BATCH("Redisson batch, RPUSH + EXPIRE"),
    /** Spring AI. */
    SPRING_AI("Spring AI, window of 20, H2"),
    /** Lettuce with our script: a limit. */
    LETTUCE("Lettuce, one connection"),
    /** Redisson with our script: a limit. */
    REDISSON_SCRIPT("Redisson evalSha, bare");

    private final String title;

    Lineup(String title) {
        this.title = title;
    }

    /** The name in tables and charts. */
    public String title() {
        return title;
    }

    /** The contestant on the Redis at that port of this machine, if it keeps its conversations there. */
    public Contestant on(int port) {
        return switch (this) {
            case COLLOQUY -> ColloquyAgent.on(port);
            case COLLOQUY_WITH_IDS -> ColloquyAgent.withIds(port);
            case COLLOQUY_IN_MEMORY -> ColloquyAgent.inMemory();
            case JEDIS -> JedisRewrite.on(port);
            case JEDIS_LARGE_POOL -> JedisRewrite.withPool(port, 256);
            case LANGCHAIN4J -> LangChain4jWindow.on(port);
            case REDISSON_BATCH -> RedissonBatch.on(port);
            case SPRING_AI -> SpringAiWindow.inMemory();
            case LETTUCE -> LettuceScript.on(port);
            case REDISSON_SCRIPT -> RedissonScript.on(port);
        };
    }
}
