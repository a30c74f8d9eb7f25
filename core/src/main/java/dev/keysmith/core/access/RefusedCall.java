package dev.keysmith.core.access;

/**
 * A call of core that its caller may not make.
 *
 * @param method class and name
 * @param address where the request came from; empty if it was none
 */
public record RefusedCall(String method, String address) {}
