/** Resources for activation codes, and for owners who redeem one. */
@NullMarked
package dev.keysmith.war.rest.activation;

import org.jspecify.annotations.NullMarked;
