/** The REST API: resources under /api, thin over core. */
@NullMarked
package dev.keysmith.war.rest;

import org.jspecify.annotations.NullMarked;
