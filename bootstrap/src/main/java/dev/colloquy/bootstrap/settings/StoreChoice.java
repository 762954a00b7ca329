package dev.colloquy.bootstrap.settings;

/** Which store to use. */
public enum StoreChoice {
    /** Redis if it is known where Redis is, memory otherwise. */
    AUTO,
    /** The memory of this process. */
    MEMORY,
    /** Redis. */
    REDIS
}
