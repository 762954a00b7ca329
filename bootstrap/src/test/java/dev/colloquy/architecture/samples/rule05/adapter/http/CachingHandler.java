package dev.colloquy.architecture.samples.rule05.adapter.http;

import com.github.benmanes.caffeine.cache.Ticker;

/** A library away from its home. */
record CachingHandler(Ticker ticker) {}
