package dev.keysmith.core.integration;

import dev.keysmith.core.event.EventType;

/** A check of an integration went well: what was given up because of it can be tried again. */
@EventType("integration.works")
public record IntegrationCheckPassed(long integrationId) {}
