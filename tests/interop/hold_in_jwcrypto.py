#!/usr/bin/python3
"""Reads the file of a producer's tokens (JSON) and verifies them with jwcrypto, a JOSE library of other people.

Prints what does not hold, a line each, and ends with 1 then. Says "N hold" and ends with 0 otherwise.
"""
import base64
import hashlib
import json
import sys

from jwcrypto import jwk, jws


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def digest(text):
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


def signed(token, key, typ):
    """The payload of a JWS whose signature holds under the key and whose typ is the one asked for."""
    read = jws.JWS()
    read.deserialize(token)
    read.allowed_algs = ["ES256"]
    read.verify(jwk.JWK(**key))
    if json.loads(read.objects["protected"])["typ"] != typ:
        raise ValueError("typ")
    return json.loads(read.payload)


def disclosed(payload, disclosures):
    """The claims with what was disclosed put in its place; every disclosure must have its digest."""
    digests = set(payload.pop("_sd"))
    if payload.pop("_sd_alg") != "sha-256":
        raise ValueError("_sd_alg")
    for text in disclosures:
        digests.remove(digest(text))
        _, name, value = json.loads(decoded(text))
        if name in payload:
            raise ValueError("a claim twice")
        payload[name] = value
    return payload


def holds(token, record, producer, bound):
    *parts, proof = token.split("~")
    key = next(each for each in producer["jwks"]["keys"])
    claims = disclosed(signed(parts[0], key, "dc+sd-jwt"), parts[1:])
    if claims["iss"] != producer["iss"] or claims["exp"] <= producer["verify_at"]:
        raise ValueError("iss or exp")
    for name, value in record.items():
        if name in claims and claims[name] != value:
            raise ValueError("another " + name)
    if not bound:
        if proof or any(name not in claims for name in record):
            raise ValueError("not the whole record")
        return
    said = signed(proof, claims["cnf"]["jwk"], "kb+jwt")
    if said["aud"] != producer["aud"] or said["nonce"] != producer["nonce"]:
        raise ValueError("aud or nonce")
    if said["sd_hash"] != digest(token[: len(token) - len(proof)]):
        raise ValueError("sd_hash")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        producer = json.load(file)
    failed = count = 0
    for place, item in enumerate(producer["items"]):
        for kind in ("credential", "presentation"):
            count += 1
            try:
                holds(item[kind], item["record"], producer, kind == "presentation")
            except Exception as fault:  # whatever a library throws is a no
                failed += 1
                print(f"{kind} {place}: {type(fault).__name__} {fault}")
    print(f"{count - failed} hold")
    return 1 if failed else 0


sys.exit(main())
