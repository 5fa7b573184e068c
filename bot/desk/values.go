package desk

import (
	"encoding/binary"
	"encoding/json"
	"fmt"

	"go.etcd.io/bbolt"
)

// Values are stored as JSON, under keys of parts with slashes between.

func key(parts ...string) []byte {
	var k []byte
	for i, p := range parts {
		if i > 0 {
			k = append(k, '/')
		}
		k = append(k, p...)
	}
	return k
}

// get reads a value; ok is false where there is none.
func get[T any](tx *bbolt.Tx, bucket, key []byte) (v T, ok bool, err error) {
	data := tx.Bucket(bucket).Get(key)
	if data == nil {
		return v, false, nil
	}
	if err := json.Unmarshal(data, &v); err != nil {
		return v, false, fmt.Errorf("%s %q: %w", bucket, key, err)
	}
	return v, true, nil
}

func put(tx *bbolt.Tx, bucket, key []byte, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return tx.Bucket(bucket).Put(key, data)
}

// each calls f for the values whose keys begin with prefix, in order. f may
// change or delete the value it is called for: what to do is told by what it
// gives.
func each[T any](tx *bbolt.Tx, bucket, prefix []byte, f func(key string, v T) (verdict, T, error)) error {
	type change struct {
		key []byte
		v   T
		do  verdict
	}
	var changes []change
	c := tx.Bucket(bucket).Cursor()
	for k, data := c.Seek(prefix); k != nil && len(k) >= len(prefix) && string(k[:len(prefix)]) == string(prefix); k, data = c.Next() {
		var v T
		if err := json.Unmarshal(data, &v); err != nil {
			return fmt.Errorf("%s %q: %w", bucket, k, err)
		}
		do, v, err := f(string(k), v)
		if err != nil {
			return err
		}
		if do != keep {
			changes = append(changes, change{append([]byte(nil), k...), v, do})
		}
	}
	for _, ch := range changes {
		if ch.do == remove {
			if err := tx.Bucket(bucket).Delete(ch.key); err != nil {
				return err
			}
		} else if err := put(tx, bucket, ch.key, ch.v); err != nil {
			return err
		}
	}
	return nil
}

// A verdict says what becomes of a stored value.
type verdict int

const (
	keep verdict = iota
	change
	remove
)

// number writes a number so that keys sort by it.
func number(n uint64) string {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], n)
	return fmt.Sprintf("%x", b)
}
